export { AssessmentModule } from './assessment.module.ts';
export { Answer, Attempt, Mark, Seat, Sitting } from './attempt.entity.ts';
export { AttemptsService } from './attempts.service.ts';
export { FormsService, type FullForm } from './forms.service.ts';
export { Form, FormItem, Question, QuestionVersion } from './question.entity.ts';
export { QuestionsImporter } from './questions.importer.ts';
export { type QuestionResult, ResultsQueries, type SittingResult } from './results.queries.ts';
export { SittingsService } from './sittings.service.ts';
