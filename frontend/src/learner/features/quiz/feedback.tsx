import type { AskedQuestion } from '@lantoa/shared/assessment';
import { listCourses } from '@lantoa/shared/curriculum';
import { creditOf, type MarkedOption, readPairs, UNKNOWN } from '@lantoa/shared/rules/marking';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';

/** What an answer is worth, by the same rule as on the server. Only where the question came with its answer. */
export function creditHere(question: AskedQuestion, choice: string): number {
  const answer = question.answer ?? '';
  const partners = readPairs(answer);
  const options: MarkedOption[] = question.options.map((o) => ({ id: o.id, right: o.right ?? false, ...(question.kind === 'matching' && { match: { id: partners.get(o.id) ?? '' } }) }));
  const order = answer.split('>');
  return creditOf(question.kind, question.kind === 'ordering' ? options.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) : options, choice);
}

/** Right, partly or not; the reason for what was chosen and for what is right; the card that explains it. */
export function Feedback({ question, choice }: { question: AskedQuestion; choice: string }) {
  const credit = creditHere(question, choice);
  return (
    <div className={`notice ${credit === 1 ? 'ok' : ''}`} role="status">
      <strong>{t(credit === 1 ? 'quiz.wasRight' : credit > 0 ? 'quiz.wasPartly' : 'quiz.wasWrong')}</strong>
      <ul className="why">{reasonsFor(question, choice, credit).map((r) => <li key={r.text}>{r.label && <strong>{r.label}: </strong>}{r.text}</li>)}</ul>
      <CardLink question={question} />
    </div>
  );
}

function reasonsFor(question: AskedQuestion, choice: string, credit: number): { label: string; text: string }[] {
  const bare = (reason: string) => reason.replace(/^(Đúng( vậy)?|Đúng là [^.]*)\. ?/, '');
  if (question.kind === 'ordering' || question.kind === 'matching') {
    const partners = readPairs(question.answer ?? '');
    const order = question.answer?.split('>') ?? [];
    const rows = question.kind === 'ordering' ? [...question.options].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)) : question.options;
    return rows.map((o, i) => ({ label: question.kind === 'ordering' ? `${i + 1}. ${o.text}` : `${o.text} – ${question.matches.find((m) => m.id === partners.get(o.id))?.text ?? ''}`, text: o.reason ?? '' }));
  }
  const chosen = new Set(choice === UNKNOWN ? [] : choice.split('+'));
  const several = question.kind === 'multiple';
  const rows = question.options.filter((o) => (credit === 1 ? o.right : chosen.has(o.id) || o.right));
  return rows.map((o) => ({ label: several || (o.right && !chosen.has(o.id)) ? o.text : '', text: several || (o.right && credit < 1) ? bare(o.reason ?? '') || (o.reason ?? '') : (o.reason ?? '') }));
}

function CardLink({ question }: { question: AskedQuestion }) {
  const courses = useQuery(query(listCourses, {}));
  const lesson = courses.data?.items.flatMap((c) => c.lessons).find((l) => l.slug === question.lessonSlug);
  return lesson ? <p><Link href={`/hoc/bai/${lesson.id}#${question.cardSlug ?? ''}`}>{t('quiz.card')}</Link></p> : null;
}
