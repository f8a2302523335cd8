import type { AskedQuestion } from '@lantoa/shared/assessment';

/** What every kind of question needs to be shown and answered. */
export interface QuestionProps { question: AskedQuestion; courseSlug: string; choice: string | undefined; shown: boolean; onChoose: (choice: string) => void }
