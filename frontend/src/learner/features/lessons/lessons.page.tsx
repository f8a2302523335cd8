import { listPractice } from '@lantoa/shared/assessment';
import { type CourseRow, listCourses } from '@lantoa/shared/curriculum';
import { IconCircleCheck, IconDeviceMobileCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Bar, LinkCard, ReadState } from '../../../ui/parts.tsx';
import { CourseDownload } from './course-download.tsx';
import { useStoredLessons } from './use-lesson.ts';

const read = (l: CourseRow['lessons'][number]): boolean => l.cardsSeen >= l.cards;

/** Courses one under the other; the one that waits stands open, with its lessons and their practice. */
export default function LessonsPage() {
  const courses = useQuery(query(listCourses, {}));
  const practice = useQuery(query(listPractice, {}));
  const stored = useStoredLessons();
  const items = courses.data?.items ?? [];
  const current = items.find((c) => c.lessons.some((l) => l.cardsSeen > 0 && !read(l))) ?? items.find((c) => c.lessons.some((l) => !read(l)));
  return (
    <>
      <Bar title={t('tabs.lessons')} />
      <main className="page">
        <ReadState of={[courses]} />
        {items.map((c) => <Course key={c.slug} course={c} open={c.slug === current?.slug} practice={practice.data?.items.filter((p) => p.courseSlug === c.slug && p.kind === 'practice') ?? []} storedIds={new Set(stored.data?.map((s) => s.id))} />)}
        {stored.data && stored.data.length > 0 && <LinkCard href="/hoc/bo-nho" title={t('storage.title')} note={t('storage.sum', { n: stored.data.length, size: bytes(stored.data.reduce((sum, s) => sum + s.bytes, 0)) })} />}
      </main>
    </>
  );
}

interface Practice { formId: string; title: string; questions: number }

function Course({ course, open, practice, storedIds }: { course: CourseRow; open: boolean; practice: readonly Practice[]; storedIds: ReadonlySet<string> }) {
  const done = course.lessons.filter(read).length;
  return (
    <details className="course" open={open}>
      <summary><h2>{course.title}</h2><span className={`badge ${done === course.lessons.length ? 'ok' : ''}`}>{t('lessons.progress', { n: done, of: course.lessons.length })}</span></summary>
      <p className="lead">{course.aim}</p>
      <ol className="list">
        {course.lessons.map((l) => (
          <li key={l.id}><Link className="card link" href={`/hoc/bai/${l.id}`}>
            <span><strong>{t('today.lesson', { n: l.position, title: l.title })}</strong><br /><span className="lead">{t('lessons.row', { cards: l.cards, minutes: l.minutes })}{storedIds.has(l.id) && <> · <IconDeviceMobileCheck size={16} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('lessons.stored')}</>}</span></span>
            {read(l) ? <span className="badge ok"><IconCircleCheck size={18} aria-hidden />{t('lessons.done')}</span> : l.cardsSeen > 0 ? <span className="badge busy">{t('lessons.seen', { n: l.cardsSeen, of: l.cards })}</span> : <span className="badge">{t('lessons.new')}</span>}
          </Link></li>
        ))}
      </ol>
      <CourseDownload lessonIds={course.lessons.map((l) => l.id)} storedIds={storedIds} />
      {practice.length > 0 && <><h3>{t('lessons.practice')}</h3>{practice.map((p) => <LinkCard key={p.formId} href={`/hoc/on/${p.formId}`} title={p.title} note={t('lessons.questions', { n: p.questions })} />)}</>}
    </details>
  );
}
