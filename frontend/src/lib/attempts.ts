import { type AttemptResult, type FormKind, type GivenAnswer, getPractice, type KeptForm, saveAnswers, startAttempt, submitAttempt } from '@lantoa/shared/assessment';
import type { AudioLanguage } from '@lantoa/shared/curriculum';
import { startRefresher } from '@lantoa/shared/refreshers';
import { arranged } from '@lantoa/shared/rules/arranged';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem, call } from './api.ts';
import { keepForms, keptForm } from './form-store.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { answerTo, outboxOf, useSync } from './outbox.ts';
import { type KeptAttempt, openPhone } from './phone-store.ts';

/** Kinds whose answers this phone may know: what is right is said at once. */
export const isPractice = (kind: FormKind): boolean => kind === 'practice' || kind === 'lesson-check' || kind === 'refresher';

/** An attempt whose questions are here. */
export type OpenAttempt = KeptAttempt & { asked: NonNullable<KeptAttempt['asked']> };
const withQuestions = (a: KeptAttempt): OpenAttempt => {
  if (!a.asked) throw new ApiProblem('network');
  return a as OpenAttempt;
};

/** How long a form that lies on this phone waits for a newer one. */
const NEWER_WITHIN_MS = 2500;

/** A practice form: from the server, and where that does not answer in time, as it lies on this phone. Throws when it is neither. */
async function practiceForm(formId: string): Promise<KeptForm> {
  const kept = await keptForm(formId);
  try {
    const fresh = await call(getPractice, { params: { formId } }, kept ? { signal: AbortSignal.timeout(NEWER_WITHIN_MS) } : {});
    await keepForms([fresh]);
    return fresh;
  } catch (e) {
    if (kept) return kept;
    throw e;
  }
}

/** `refresher`: the form is one of somebody's own refreshers, under the same id. */
interface Wanted { formId: string; sittingId: string | null; refresher?: boolean; language: AudioLanguage }

/** The attempt that is under way here, or a new one. Practice is begun on the phone itself; the questions of a graded test come from the server, once. Throws when they cannot be had. */
export async function openAttempt(personId: string, { formId, sittingId, refresher = false, language }: Wanted): Promise<OpenAttempt> {
  const phone = await openPhone(personId);
  const series = sittingId ?? formId;
  const known = (await phone.getAllFromIndex('attempt', 'series', series)).sort((a, b) => (a.begunAt < b.begunAt ? 1 : -1));
  const under = known.find((a) => a.handedInAt === null) ?? (sittingId || refresher ? known[0] : undefined);
  if (under?.asked) return withQuestions(under);
  const begunAt = under?.begunAt ?? new Date().toISOString();
  const fresh: KeptAttempt = under ?? { id: newId(), series, formId, sittingId, begunAt, asked: null, given: {}, revision: 0, handedInAt: null, result: null };
  const form = sittingId || refresher ? await keptForm(formId) : await practiceForm(formId);
  if (form && isPractice(form.kind)) {
    const asked = { id: fresh.id, formId, courseSlug: form.courseSlug, kind: form.kind, title: form.title, startedAt: begunAt, allowedSeconds: null, submittedAt: null, questions: form.questions.map((q) => arranged(q, fresh.id)), saved: [] };
    const begun = { ...fresh, asked };
    const done = refresher ? { endpoint: startRefresher, input: { params: { refresherId: formId }, body: { attemptId: fresh.id, language, begunAt } } } : { endpoint: startAttempt, input: { body: { id: fresh.id, formId, sittingId, language, begunAt } } };
    await outboxOf(personId).keep([{ ...done, about: form.title }], (tx) => void tx.objectStore('attempt').put(begun));
    return begun;
  }
  // Its id is kept before it is asked for: a reply that is lost must not begin a second one.
  await phone.put('attempt', fresh);
  const asked = refresher ? await call(startRefresher, { params: { refresherId: formId }, body: { attemptId: fresh.id, language } }) : await call(startAttempt, { body: { id: fresh.id, formId, sittingId, language } });
  const begun = { ...fresh, asked, given: { ...Object.fromEntries(asked.saved.map((s) => [s.questionVersionId, s.choice])), ...fresh.given }, handedInAt: asked.submittedAt };
  await phone.put('attempt', begun);
  return begun;
}

/** Keeps an answer on this phone. Resolves when it is kept, throws when it cannot be. */
export async function giveAnswer(personId: string, attemptId: string, questionVersionId: string, choice: string): Promise<void> {
  const phone = await openPhone(personId);
  const attempt = await phone.get('attempt', attemptId);
  if (!attempt) throw new ApiProblem('network');
  const answer: GivenAnswer = { id: newId(), questionVersionId, choice, revision: attempt.revision + 1, answeredAt: new Date().toISOString() };
  await outboxOf(personId).keep([{ endpoint: saveAnswers, input: { params: { attemptId }, body: { answers: [answer] } }, about: attempt.asked?.title ?? '' }],
    (tx) => void tx.objectStore('attempt').put({ ...attempt, revision: answer.revision, given: { ...attempt.given, [questionVersionId]: choice } }));
}

/** Hands in: kept on this phone at once, sent now or when there is network. Resolves when the server has answered, or when it has not for a while. */
export async function handInAttempt(personId: string, attemptId: string): Promise<void> {
  const phone = await openPhone(personId);
  const attempt = await phone.get('attempt', attemptId);
  if (!attempt) throw new ApiProblem('network');
  const outbox = outboxOf(personId);
  const [opId = ''] = await outbox.keep([{ endpoint: submitAttempt, input: { params: { attemptId }, body: { answers: [] } }, about: attempt.asked?.title ?? '' }],
    (tx) => void tx.objectStore('attempt').put({ ...attempt, handedInAt: new Date().toISOString() }));
  // What the server will not have stands among the work that needs a look.
  await answerTo(outbox, opId).catch(() => null);
}

export interface KeptWork { attempt: OpenAttempt | null; result: AttemptResult | null }
/** What this phone knows of an attempt; read again whenever something was sent. */
export function useKeptAttempt(personId: string, attemptId: string) {
  const { waiting, refused } = useSync();
  return useQuery({
    queryKey: ['kept-attempt', attemptId, waiting, refused], networkMode: 'always', staleTime: Number.POSITIVE_INFINITY, placeholderData: (before: KeptWork | undefined) => before,
    queryFn: async (): Promise<KeptWork> => {
      const kept = await openPhone(personId).then((phone) => phone.get('attempt', attemptId)).catch(() => undefined);
      return { attempt: kept?.asked ? (kept as OpenAttempt) : null, result: kept?.result ?? null };
    },
  });
}

/** Which of these series were handed in here, sent or not: they are not offered again. */
export async function handedIn(personId: string, series: readonly string[]): Promise<string[]> {
  try {
    const phone = await openPhone(personId);
    const found = await Promise.all(series.map((id) => phone.getAllFromIndex('attempt', 'series', id)));
    return series.filter((_, i) => found[i]?.some((a) => a.handedInAt !== null));
  } catch {
    return [];
  }
}
