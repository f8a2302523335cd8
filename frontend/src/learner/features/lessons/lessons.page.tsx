import { listPractice } from '@lantoa/shared/assessment';
import { listCourses } from '@lantoa/shared/curriculum';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Bar, LinkCard, Notice, Skeletons } from '../../../ui/parts.tsx';

/** A flat list: courses one under the other, each with its lessons, then the practice sets. */
export default function LessonsPage() {
  const courses = useQuery(query(listCourses, {}));
  const practice = useQuery(query(listPractice, {}));
  return (
    <>
      <Bar title={t('tabs.lessons')} />
      <main className="page">
        {courses.isPending && <Skeletons n={3} />}
        {courses.isError && <Notice kind="bad">{problemText(courses.error)}</Notice>}
        {courses.data?.items.map((course) => (
          <section key={course.slug} className="list">
            <h2>{course.title}</h2>
            <p className="lead">{course.aim}</p>
            <ol className="list">
              {course.lessons.map((l) => (
                <li key={l.id}><Link className="card link" href={`/hoc/bai/${l.id}`}>
                  <span><strong>{t('today.lesson', { n: l.position, title: l.title })}</strong><br /><span className="lead">{t('lessons.row', { cards: l.cards, minutes: l.minutes })}</span></span>
                  {l.cardsSeen >= l.cards ? <span className="badge ok"><IconCircleCheck size={18} aria-hidden />{t('lessons.done')}</span> : l.cardsSeen > 0 ? <span className="badge busy">{t('lessons.seen', { n: l.cardsSeen, of: l.cards })}</span> : <span className="badge">{t('lessons.new')}</span>}
                </Link></li>
              ))}
            </ol>
          </section>
        ))}
        <h2>{t('lessons.practice')}</h2>
        {practice.data?.items.filter((p) => p.kind === 'practice').map((p) => <LinkCard key={p.formId} href={`/hoc/on/${p.formId}`} title={p.title} note={t('lessons.questions', { n: p.questions })} />)}
      </main>
    </>
  );
}
