import { z } from 'zod';
import { endpoint, Id, listOf } from './endpoint.ts';

export const FormKind = z.enum(['practice', 'lesson-check', 'pre', 'post', 'trainer', 'refresher']);
export type FormKind = z.infer<typeof FormKind>;

/** How the answers reached us; all end in the same record. */
export const Channel = z.enum(['own-phone', 'shared-phone', 'paper']);

/** An option's id, or `unknown` for "I don't know yet". */
export const Choice = z.string().regex(/^([a-f]|unknown)$/);

/** One given answer. Clients make the id, so that sending it twice is harmless; the highest revision of a question counts. */
export const GivenAnswer = z.object({ id: Id, questionVersionId: Id, choice: Choice, revision: z.int().min(1).max(1000), answeredAt: z.iso.datetime() }).meta({ id: 'GivenAnswer' });
export type GivenAnswer = z.infer<typeof GivenAnswer>;

export const AskedQuestion = z.object({
  questionVersionId: Id, stem: z.string(), topic: z.string(), lessonSlug: z.string().nullable(), cardSlug: z.string().nullable(),
  /** `right` and `reason` only where feedback is given at once (practice, lesson check); graded tests carry no key. */
  options: z.array(z.object({ id: z.string(), text: z.string(), right: z.boolean().optional(), reason: z.string().optional() })),
}).meta({ id: 'AskedQuestion' });
export type AskedQuestion = z.infer<typeof AskedQuestion>;

export const Attempt = z.object({
  id: Id, formId: Id, kind: FormKind, title: z.string(), startedAt: z.iso.datetime(), submittedAt: z.iso.datetime().nullable(), questions: z.array(AskedQuestion), saved: z.array(z.object({ questionVersionId: Id, choice: Choice })),
}).meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof Attempt>;

export const AttemptResult = z.object({
  id: Id, kind: FormKind, title: z.string(), submittedAt: z.iso.datetime(), answered: z.int(), total: z.int(),
  /** `null` after a pre-test, which reveals nothing. */
  right: z.int().nullable(), score: z.number().nullable(), passed: z.boolean().nullable(), needed: z.int().nullable(),
  /** Whether this attempt is the one that counts for the class. */
  counts: z.boolean(), triesLeft: z.int().nullable(),
  /** At most three, each with the card that explains it. */
  review: z.array(z.object({ stem: z.string(), lessonId: Id.nullable(), cardSlug: z.string().nullable() })),
}).meta({ id: 'AttemptResult' });
export type AttemptResult = z.infer<typeof AttemptResult>;

/** A test that waits for the asker. */
export const OpenSitting = z.object({ sittingId: Id, formId: Id, kind: FormKind, title: z.string(), questions: z.int(), attemptId: Id.nullable(), done: z.boolean() }).meta({ id: 'OpenSitting' });

export const listOpenSittings = endpoint({ name: 'assessment.listOpenSittings', method: 'GET', path: '/sittings', response: listOf(OpenSitting) });

/** Practice forms that anybody signed in may take. */
export const listPractice = endpoint({ name: 'assessment.listPractice', method: 'GET', path: '/practice', response: listOf(z.object({ formId: Id, title: z.string(), questions: z.int(), kind: FormKind, lessonSlug: z.string().nullable() })) });

/** Starts an attempt, or returns the one that was started with this id: pinned to its form for good. */
export const startAttempt = endpoint({
  name: 'assessment.startAttempt', method: 'POST', path: '/attempts',
  body: z.object({ id: Id, formId: Id, sittingId: Id.nullable().default(null), channel: Channel.default('own-phone') }), response: Attempt,
});

export const getAttempt = endpoint({ name: 'assessment.getAttempt', method: 'GET', path: '/attempts/:attemptId', params: z.object({ attemptId: Id }), response: Attempt });

const Answers = z.array(GivenAnswer).max(200);

/** Keeps answers on the server while the test goes on. */
export const saveAnswers = endpoint({ name: 'assessment.saveAnswers', method: 'PUT', path: '/attempts/:attemptId/answers', params: z.object({ attemptId: Id }), body: z.object({ answers: Answers.min(1) }), response: z.object({ saved: z.int() }) });

/** Hands in. Answers that were not sent before may come along. After this nothing changes any more. */
export const submitAttempt = endpoint({ name: 'assessment.submitAttempt', method: 'POST', path: '/attempts/:attemptId/submit', params: z.object({ attemptId: Id }), body: z.object({ answers: Answers }), response: AttemptResult });

export const getResult = endpoint({ name: 'assessment.getResult', method: 'GET', path: '/attempts/:attemptId/result', params: z.object({ attemptId: Id }), response: AttemptResult });
