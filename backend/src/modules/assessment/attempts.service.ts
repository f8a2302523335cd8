import { Injectable } from '@nestjs/common';
import type { getAttempt, getPractice, getResult, GivenAnswer, saveAnswers, startAttempt, submitAttempt, AttemptResult, Attempt as AttemptView } from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { isChoiceOf } from '@lantoa/shared/rules/marking';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { orProblem, problem } from '#platform/http';
import { Live } from '#platform/live';
import { Attempt } from './attempt.entity.ts';
import { needsSeat, startRefusal, visibleTo } from './attempts.policy.ts';
import { AttemptsQueries, type TimedAnswer } from './attempts.queries.ts';
import { attemptView, formView, resultView } from './attempts.view.ts';
import { type FullForm, FormsService } from './forms.service.ts';
import { isOvertime, passes, score, secondsAllowed } from './scoring.rules.ts';
import { sittingTopic } from './sittings.service.ts';

/** Who takes it: somebody signed in, or the person for whom a device sits in a room. */
export interface Who { readonly personId: string }

/** Taking a test: start, save, hand in, see. Every method is one transaction and may be repeated without harm. */
@Injectable()
export class AttemptsService {
  constructor(private readonly db: Db, private readonly queries: AttemptsQueries, private readonly forms: FormsService, private readonly audit: Audit, private readonly live: Live) {}

  /** Starts an attempt. The same id again gives the same attempt; somebody else's id is not found. */
  start(actor: Who, { body }: ArgsOf<typeof startAttempt>, o: { evenClosed?: boolean } = {}): Promise<AttemptView> {
    return this.db.transaction(async () => {
      const seriesId = body.sittingId ?? body.formId;
      await this.db.lock(`attempts:${actor.personId}:${seriesId}`);
      const { known, sitting, seated, earlier, counted } = await this.queries.atDoor(body.id, actor.personId, body.sittingId, seriesId);
      if (known) return this.view(actor, body.id);
      const form = await this.forms.get(body.formId);
      if (body.sittingId && !sitting) throw problem('assessment.form-not-found');
      // Nobody who worked without network knew what had happened meanwhile.
      const unaware = body.begunAt !== undefined;
      const refusal = startRefusal(form, sitting, seated);
      if (refusal && !((o.evenClosed || unaware) && refusal === 'assessment.not-open')) throw problem(refusal);
      if (!unaware && counted) throw problem('assessment.already-submitted');
      if (!unaware && form.maxAttempts !== null && earlier >= form.maxAttempts) throw problem('assessment.attempts-exhausted', { max: form.maxAttempts });
      const attempt = this.db.repo(Attempt).create({ id: body.id, formId: form.id, personId: actor.personId, sittingId: body.sittingId, seriesId, number: earlier + 1, channel: body.channel, language: body.language, startedAt: clock.now(), allowedSeconds: secondsAllowed(sitting ? sitting.timeLimitMinutes : null, sitting?.extraTime ?? false), submittedAt: null, late: false, overtime: false, counts: false });
      await this.queries.begin(attempt);
      this.tell(attempt);
      return attemptView(attempt, form, []);
    });
  }

  /** A form with its keys, for phones that will ask it without network. */
  async practice({ params }: ArgsOf<typeof getPractice>) {
    const form = await this.forms.get(params.formId);
    if (needsSeat(form.kind)) throw problem('assessment.form-not-found');
    return formView(form);
  }

  async get(actor: Who, { params }: ArgsOf<typeof getAttempt>): Promise<AttemptView> {
    return this.view(actor, params.attemptId);
  }

  /** Keeps answers. One that comes after handing in is kept too, flagged, and changes no mark. */
  save(actor: Who, { params, body }: ArgsOf<typeof saveAnswers>) {
    return this.db.transaction(async () => {
      const { attempt } = await this.hold(actor, params.attemptId);
      await this.keep(attempt, await this.forms.get(attempt.formId), body.answers);
      this.tell(attempt);
      return { saved: body.answers.length };
    });
  }

  /** Hands in and marks. A second call keeps nothing new and answers with what was stored. */
  submit(actor: Who, input: ArgsOf<typeof submitAttempt>): Promise<AttemptResult> {
    return this.db.transaction(async () => {
      const attempt = await this.handIn(actor, input);
      return this.resultOf(attempt, await this.forms.get(attempt.formId));
    });
  }

  /** The same, for those who say no more than that it came. */
  handIn(actor: Who, { params, body }: ArgsOf<typeof submitAttempt>): Promise<Attempt> {
    return this.db.transaction(async () => {
      const { attempt, closed } = await this.hold(actor, params.attemptId);
      const form = await this.forms.get(attempt.formId);
      const answers = await this.keep(attempt, form, body.answers);
      if (!attempt.submittedAt) await this.mark(attempt, form, answers, closed);
      this.tell(attempt);
      return attempt;
    });
  }

  /** The questions as an attempt of this id will see them, before it is started: for phones that fetch them ahead. */
  async ahead(attemptId: string, formId: string): Promise<AttemptView> {
    const form = await this.forms.get(formId);
    return attemptView({ id: attemptId, startedAt: clock.now(), allowedSeconds: null, submittedAt: null } as Attempt, form, []);
  }

  /** A trainer takes an attempt that came after closing as the one that counts, unless there is one already. */
  accept(by: Who, attemptId: string): Promise<void> {
    return this.db.transaction(async () => {
      const attempt = orProblem(await this.db.repo(Attempt).findOne({ where: { id: attemptId }, lock: { mode: 'pessimistic_write' } }), 'assessment.attempt-not-found');
      if (!attempt.submittedAt || !attempt.late || attempt.counts) throw problem('assessment.wrong-state');
      await this.db.lock(`attempts:${attempt.personId}:${attempt.seriesId}`);
      if (await this.db.repo(Attempt).existsBy({ personId: attempt.personId, seriesId: attempt.seriesId, counts: true })) throw problem('assessment.already-submitted');
      await this.db.repo(Attempt).update({ id: attempt.id }, { counts: true });
      this.tell(attempt);
      await this.audit.record(by, 'attempt.accepted', { type: 'attempt', id: attempt.id });
    });
  }

  async result(actor: Who, { params }: ArgsOf<typeof getResult>): Promise<AttemptResult> {
    const attempt = await this.owned(actor, params.attemptId);
    if (!attempt.submittedAt) throw problem('assessment.attempt-not-found');
    return this.resultOf(attempt, await this.forms.get(attempt.formId));
  }

  private async owned(actor: Who, id: string): Promise<Attempt> {
    return orProblem(await this.queries.own(id, visibleTo(actor).personId), 'assessment.attempt-not-found');
  }

  private async hold(actor: Who, id: string): Promise<{ attempt: Attempt; closed: boolean }> {
    return orProblem(await this.queries.hold(id, actor.personId), 'assessment.attempt-not-found');
  }

  private async keep(attempt: Attempt, form: FullForm, answers: readonly GivenAnswer[]): Promise<TimedAnswer[]> {
    for (const a of answers) {
      const question = form.questions.find((q) => q.questionVersionId === a.questionVersionId);
      if (!question) throw problem('assessment.foreign-question');
      if (!isChoiceOf(question.kind, question.options, a.choice)) throw problem('assessment.unknown-option');
    }
    return this.queries.keep(attempt.id, answers, clock.now(), attempt.submittedAt !== null);
  }

  private async mark(attempt: Attempt, form: FullForm, answers: readonly TimedAnswer[], closed: boolean): Promise<void> {
    const scored = score(form.key, answers);
    const outcome = {
      submittedAt: clock.now(), answeredCount: scored.answered, rightCount: scored.right, points: scored.points, totalCount: scored.total, anchorRight: scored.anchorRight, anchorTotal: scored.anchorTotal,
      score: Math.round(scored.share * 10_000) / 10_000, passed: passes(scored.points, scored.total, form.passMark), late: attempt.sittingId !== null && closed, overtime: isOvertime(attempt.allowedSeconds, answers.map((a) => a.answeredAt)),
    };
    const counts = await this.queries.finish(attempt, scored.marks, outcome);
    Object.assign(attempt, outcome, { counts });
    await this.audit.record({ personId: attempt.personId }, 'attempt.submitted', { type: 'attempt', id: attempt.id });
  }

  private tell(attempt: Attempt): void {
    if (attempt.sittingId) this.live.tell(sittingTopic(attempt.sittingId));
  }

  private async view(actor: Who, id: string): Promise<AttemptView> {
    const attempt = await this.owned(actor, id);
    return attemptView(attempt, await this.forms.get(attempt.formId), await this.queries.finalAnswers(id));
  }

  private async resultOf(attempt: Attempt, form: FullForm): Promise<AttemptResult> {
    const wrong = form.kind === 'pre' ? [] : await this.queries.wrongQuestions(attempt.id);
    return resultView(attempt, form, wrong, wrong.length ? await this.queries.lessonIds(form.courseSlug) : new Map());
  }
}
