import { listOpenSittings, listPractice } from '@lantoa/shared/assessment';
import { listMyCertificates } from '@lantoa/shared/credentials';
import { type CourseRow, listCourses } from '@lantoa/shared/curriculum';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ApiProblem, query } from '../../../lib/api.ts';
import { day, todayHere, weekday } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, LinkCard, Notice, ReadState, Skeletons } from '../../../ui/parts.tsx';
import { useRefreshers } from './use-refreshers.ts';

interface Todo { key: string; title: string; note: string; action: string; href: string }

const minutesFor = (questions: number): number => Math.max(2, Math.round(questions * 0.6));
const nextLesson = (courses: readonly CourseRow[]) => courses.flatMap((c) => c.lessons).find((l) => l.cardsSeen < l.cards);

/** One answer to "what should I do now?": a test that is open comes before a lesson, and only the first card has the main button. */
export function TodayPage() {
  const session = useSession();
  const person = session?.person;
  const sittings = useQuery(query(listOpenSittings, {}));
  const courses = useQuery(query(listCourses, {}));
  const practice = useQuery(query(listPractice, {}));
  const certificates = useQuery(query(listMyCertificates, {}));
  // A test comes before a lesson, so nothing is offered until it is known whether one is open, or that this cannot be known now.
  const refreshers = useRefreshers(person?.id ?? '');
  const asked = (sittings.data !== undefined || sittings.failureReason !== null) && refreshers.known;
  const lesson = nextLesson(courses.data?.items ?? []);
  // The practice of the lesson that was finished last; with none finished, none is due.
  const finished = (courses.data?.items ?? []).flatMap((c) => c.lessons.filter((l) => l.cardsSeen >= l.cards).map((l) => ({ course: c.slug, lesson: l.slug }))).at(-1);
  const review = practice.data?.items.find((p) => p.kind === 'practice' && p.courseSlug === finished?.course && p.lessonSlug === finished.lesson);
  const todo: Todo[] = [
    // A refresher of one's own that was begun has a sitting under its own id.
    ...(sittings.data?.items ?? []).filter((s) => !s.done && s.sittingId !== s.formId).map((s) => ({ key: s.sittingId, title: s.title, note: s.minutes === null ? t('today.test', { n: s.questions }) : t('today.testTimed', { n: s.questions, minutes: s.minutes }), action: t('today.enterTest'), href: `/hoc/kiem-tra/${s.sittingId}/${s.formId}` })),
    ...refreshers.items.slice(0, 1).map((r) => ({ key: r.id, title: t('today.refresher', { n: r.form.questions.length }), note: t(r.dueOn < todayHere() ? 'today.refresherLate' : 'today.refresherDue', { title: r.form.title, minutes: minutesFor(r.form.questions.length), day: weekday(r.dueOn) }), action: t('today.reviewNow'), href: `/hoc/on-lai/${r.id}` })),
    ...(lesson ? [{ key: lesson.id, title: t('today.lesson', { n: lesson.position, title: lesson.title }), note: t('today.card', { n: Math.min(lesson.cardsSeen + 1, lesson.cards), of: lesson.cards, minutes: lesson.minutes }), action: lesson.cardsSeen ? t('today.continue') : t('today.start'), href: `/hoc/bai/${lesson.id}` }] : []),
    ...(review ? [{ key: review.formId, title: t('today.reviewOf', { title: review.title }), note: t('today.review', { n: review.questions, minutes: minutesFor(review.questions) }), action: t('today.reviewNow'), href: `/hoc/on/${review.formId}` }] : []),
  ].slice(0, 3);
  const held = certificates.data?.items.length ?? 0;
  return (
    <>
      <Bar title={t('tabs.today')} />
      <main className="page">
        <h2 style={{ fontSize: '1.5rem' }}>{t(`today.hello.${person?.sex ?? 'unknown'}`, { name: person?.name ?? '' })}</h2>
        {session?.out && sittings.failureReason instanceof ApiProblem && sittings.failureReason.code !== 'network' && <Notice kind="warn">{t('today.out')} <Link href={`/vao/doi-nguoi?ai=${person?.id}`}>{t('today.enterPin')}</Link></Notice>}
        <ReadState of={[courses]} />
        {!asked && courses.data && <Skeletons />}
        {asked && todo.map((item, i) => (
          <section key={item.key} className={`card ${i === 0 ? 'first' : ''}`}>
            <h3>{item.title}</h3>
            <p className="lead">{item.note}</p>
            <Link className={`btn ${i === 0 ? '' : 'second'}`} href={item.href}>{i === 0 && <IconPlayerPlay size={22} aria-hidden />}{item.action}</Link>
          </section>
        ))}
        {!todo.length && courses.data && sittings.data && <section className="card"><h3>{t('today.nothing')}</h3>{refreshers.nextOn && <p className="lead">{t('today.nextRefresher', { day: day(refreshers.nextOn) })}</p>}<Link className="btn second" href="/hoc/bai">{t('today.seeLessons')}</Link></section>}
        {certificates.data && <LinkCard href="/hoc/chung-nhan" title={t('tabs.certificates')} note={t('today.held', { n: held })} />}
      </main>
    </>
  );
}
