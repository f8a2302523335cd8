import path from 'node:path';
import type { Fault } from '#platform/content';
import { readQuestions } from '#modules/assessment';
import { courseFolders, readCourse, statesLaw } from '#modules/curriculum';

/** What `content check` found: totals of the sound courses, and everything that has to be mended. */
export interface ContentReport { modules: number; lessons: number; cards: number; questions: number; anchors: number; forms: number; lawStatements: number; lawStatementsWithSource: number; errors: Fault[]; warnings: Fault[] }

/** Reads every course below a content folder as the program would, without a database. */
export async function checkContent(contentDir: string): Promise<ContentReport> {
  const report: ContentReport = { modules: 0, lessons: 0, cards: 0, questions: 0, anchors: 0, forms: 0, lawStatements: 0, lawStatementsWithSource: 0, errors: [], warnings: [] };
  const slugs = new Map<string, string>();
  for (const [slug, folder] of await courseFolders(path.join(contentDir, 'courses'))) {
    report.modules++;
    const { lessons, faults, warnings } = readCourse(slug, folder);
    const cards = lessons.flatMap((l) => l.cards);
    const law = cards.filter((c) => statesLaw(c.text));
    const bank = readQuestions(slug, folder, lessons);
    report.errors.push(...faults, ...bank.faults);
    report.warnings.push(...warnings, ...bank.warnings);
    for (const q of bank.questions) {
      const other = slugs.get(q.slug);
      if (other && other !== slug) report.errors.push({ file: `${slug}/questions`, line: 1, code: 'question.other-course', message: `The question ${q.slug} stands in ${other} too.` });
      slugs.set(q.slug, slug);
    }
    report.lessons += lessons.length;
    report.cards += cards.length;
    report.questions += bank.questions.length;
    report.anchors += bank.questions.filter((q) => q.anchor).length;
    report.forms += bank.source?.forms.length ?? 0;
    report.lawStatements += law.length;
    report.lawStatementsWithSource += law.filter((c) => c.sources.length).length;
  }
  return report;
}

/** The report as lines that a person reads. */
export function sentencesOf(r: ContentReport): string {
  const lines = (faults: readonly Fault[], kind: string) => faults.map((f) => `${kind} ${f.file}:${f.line} ${f.message}`);
  const totals = `${r.modules} modules, ${r.lessons} lessons, ${r.cards} cards, ${r.questions} questions (${r.anchors} anchors), ${r.forms} forms; ${r.lawStatementsWithSource} of ${r.lawStatements} statements of law or number with a source.`;
  return `${[...lines(r.errors, 'error'), ...lines(r.warnings, 'warning'), totals, r.errors.length ? `${r.errors.length} to mend.` : 'Everything is in order.'].join('\n')}\n`;
}
