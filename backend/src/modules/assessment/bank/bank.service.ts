import { Injectable } from '@nestjs/common';
import type { BankQuestion, getBankQuestion, listBank, QuestionFigures } from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { rightChoice } from '@lantoa/shared/rules/marking';
import { Db } from '#platform/db';
import { type Actor, orProblem } from '#platform/http';
import { ItemAnalysisQueries, type Slice } from './item-analysis.queries.ts';
import { DEAD_BELOW, figuresOf, NO_VERDICT_BELOW, type OptionCount, type Sums } from './item-analysis.rules.ts';
import { contentView } from './question-drafts.view.ts';
import { QuestionDraftsService } from './question-drafts.service.ts';
import { Question, QuestionVersion } from './question.entity.ts';
import { sourceOf } from './question-bank.service.ts';

const NOTHING: Sums = { nPre: 0, pre: 0, nPost: 0, post: 0, postSquares: 0, rest: 0, restSquares: 0, product: 0, pairs: 0, gain: 0, unknown: 0 };
/** Kinds whose options are chosen one or several; orders and pairs have no options to be dead. */
const CHOSEN = ['single', 'true-false', 'picture', 'multiple'];

/** The question bank as editors see it: what is asked, and what answers have shown of it. */
@Injectable()
export class BankService {
  constructor(private readonly db: Db, private readonly queries: ItemAnalysisQueries, private readonly drafts: QuestionDraftsService) {}

  async list(actor: Actor, { params, query }: ArgsOf<typeof listBank>) {
    const figures = await this.figures(params.courseSlug, query);
    const rows = await this.db.rows<{ questionId: string; versionId: string; slug: string; number: number; kind: QuestionVersion['kind']; topic: string; stem: string; anchor: boolean; lesson: string | null; usedIn: string[]; draft: 'draft' | 'review' | 'returned' | null }>(
      `select distinct on (q.slug) q.id as "questionId", v.id as "versionId", q.slug, v.number, v.kind, v.topic, v.stem, q.anchor, v.lesson_slug as lesson,
          coalesce((select array_agg(distinct f.title order by f.title) from form_item i join form f on f.id = i.form_id where i.question_version_id = v.id and f.withdrawn_at is null and f.lesson_slug is null), '{}') as "usedIn",
          (select d.status from question_draft d where d.question_id = q.id and d.status in ('draft', 'review', 'returned')) as draft
        from question q join question_version v on v.question_id = q.id where q.course_slug = $1 order by q.slug, v.number desc`, [params.courseSlug]);
    const cohorts = await this.db.rows<{ cohort: string }>('select distinct s.cohort from sitting s join form f on f.id = s.form_id where f.course_slug = $1 and s.cohort is not null order by 1', [params.courseSlug]);
    const languages = await this.db.rows<{ language: string }>('select distinct a.language from attempt a join form f on f.id = a.form_id where f.course_slug = $1 order by 1', [params.courseSlug]);
    return {
      items: rows.map((r) => ({ ...r, figures: figures.get(r.versionId)?.figures ?? figuresOf(NOTHING, { rightChoice: '', options: [] }, []) })), drafts: await this.drafts.open(params.courseSlug),
      cohorts: cohorts.map((c) => c.cohort), languages: languages.map((l) => l.language), mayEdit: actor.can('course.edit'),
    };
  }

  async question(actor: Actor, { params }: ArgsOf<typeof getBankQuestion>): Promise<BankQuestion> {
    const question = orProblem(await this.db.repo(Question).findOneBy({ id: params.questionId }), 'assessment.question-not-found');
    const versions = await this.db.repo(QuestionVersion).find({ where: { questionId: question.id }, order: { number: 'DESC' } });
    const figures = await this.figures(question.courseSlug);
    const group = async (by: 'cohort' | 'language') => (await this.queries.grouped(question.id, by)).map(({ name, ...sums }) => ({ name, figures: figuresOf(sums, { rightChoice: '', options: [] }, []) }));
    return {
      questionId: question.id, courseSlug: question.courseSlug, slug: question.slug, anchor: question.anchor, mayEdit: actor.can('course.edit'), draft: await this.drafts.ofQuestion(actor, question.id), byCohort: await group('cohort'), byLanguage: await group('language'),
      versions: versions.map((v) => {
        const known = figures.get(v.id);
        return { versionId: v.id, number: v.number, content: contentView(sourceOf(question, v)), figures: known?.figures ?? figuresOf(NOTHING, { rightChoice: '', options: [] }, []), options: optionFigures(v, known?.counts ?? []) };
      }),
    };
  }

  /** Figures of every question version of a course that somebody has answered in a test. */
  async figures(courseSlug: string, slice: Slice = {}): Promise<Map<string, { figures: QuestionFigures; counts: OptionCount[]; version: QuestionVersion }>> {
    const [sums, counts] = await Promise.all([this.queries.ofCourse(courseSlug, slice), this.queries.options(courseSlug, slice)]);
    const versions = new Map((await this.db.repo(QuestionVersion).createQueryBuilder('v').where('v.question_id in (select id from question where course_slug = :courseSlug)', { courseSlug }).getMany()).map((v) => [v.id, v]));
    return new Map(sums.flatMap((s) => {
      const version = versions.get(s.versionId);
      if (!version) return [];
      const own = counts.get(s.versionId) ?? [];
      const options = CHOSEN.includes(version.kind) ? version.options.map((o) => o.id) : [];
      return [[s.versionId, { version, counts: own, figures: figuresOf(s, { rightChoice: rightChoice(version.kind, version.options), options }, perOption(version, own)) }] as const];
    }));
  }

  /** One row per question version, for the command line. */
  async analyse(courseSlug: string) {
    const slugs = new Map((await this.db.repo(Question).findBy({ courseSlug })).map((q) => [q.id, q.slug]));
    const figures = [...(await this.figures(courseSlug)).values()];
    return figures.map(({ version, figures: f }) => ({ question: slugs.get(version.questionId) as string, version: version.number, n: f.n, nBefore: f.nPre, nAfter: f.nPost, before: f.before, after: f.after, pairs: f.pairs, gain: f.gain, discrimination: f.discrimination, strength: f.strength, flags: f.flags }))
      .sort((a, b) => (a.question < b.question ? -1 : a.question > b.question ? 1 : a.version - b.version));
  }
}

/** Counts by single option: an answer of several counts for each option in it. */
function perOption(v: QuestionVersion, counts: readonly OptionCount[]): OptionCount[] {
  if (v.kind !== 'multiple') return [...counts];
  return v.options.map((o) => {
    const own = counts.filter((c) => c.choice.split('+').includes(o.id));
    const sum = (k: 'n' | 'upper' | 'lower') => own.reduce((total, c) => total + c[k], 0);
    return { choice: o.id, n: sum('n'), upper: sum('upper'), lower: sum('lower') };
  });
}

function optionFigures(v: QuestionVersion, counts: readonly OptionCount[]) {
  const total = counts.reduce((sum, c) => sum + c.n, 0);
  const thirds = { upper: counts.reduce((sum, c) => sum + c.upper, 0), lower: counts.reduce((sum, c) => sum + c.lower, 0) };
  const shown = CHOSEN.includes(v.kind) ? perOption(v, counts) : [];
  const share = (n: number, of: number) => (of ? n / of : null);
  return v.options.map((o) => {
    const c = shown.find((s) => s.choice === o.id) ?? { n: 0, upper: 0, lower: 0 };
    return { choice: o.id, text: o.match ? `${o.text}: ${o.match.text}` : o.text, right: o.right, reason: o.reason, n: c.n, share: share(c.n, total), upper: share(c.upper, thirds.upper), lower: share(c.lower, thirds.lower), dead: CHOSEN.includes(v.kind) && total >= NO_VERDICT_BELOW && c.n < DEAD_BELOW * total };
  });
}
