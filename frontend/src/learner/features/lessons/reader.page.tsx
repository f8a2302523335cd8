import { listPractice } from '@lantoa/shared/assessment';
import type { LessonView } from '@lantoa/shared/curriculum';
import { IconChevronLeft, IconDeviceMobileCheck, IconDownload, IconPresentation } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { query } from '../../../lib/api.ts';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { keepLesson, tellSeen, weightOf } from '../../../lib/lesson-store.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { AudioBar } from '../../../ui/audio-bar.tsx';
import { CardView } from '../../../ui/card-view.tsx';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';
import { applySettings, reading } from '../../settings.ts';
import { useLesson } from './use-lesson.ts';

/** Nothing on the page behind says what was read. */
const leaveQuickly = () => location.replace('/hoc/lich');

/** One card at a time; every card that was shown is told to the server, and reading goes on where it stopped. */
export default function ReaderPage({ lessonId }: { lessonId: string }) {
  const { lesson, error, ...kept } = useLesson(lessonId);
  const [warned, setWarned] = useState(false);
  if (error) return <><Bar title={t('tabs.lessons')} back="/hoc/bai" /><main className="page"><Notice kind="bad">{problemText(error)}</Notice></main></>;
  if (!lesson) return <><Bar title={t('tabs.lessons')} back="/hoc/bai" /><main className="page"><Skeletons n={2} /></main></>;
  if (lesson.sensitive && !warned) return <ContentNote lesson={lesson} onGo={() => setWarned(true)} />;
  return <Cards key={lesson.id} lesson={lesson} {...kept} />;
}

function ContentNote({ lesson, onGo }: { lesson: LessonView; onGo: () => void }) {
  return (
    <>
      <Bar title={t('reader.lesson', { n: lesson.position })} back="/hoc/bai" />
      <main className="page">
        <h1>{lesson.title}</h1>
        <Notice>{t('reader.note')}</Notice>
        <p><strong>111</strong> {t('reader.line111')}<br /><strong>113</strong> {t('reader.line113')}<br /><strong>115</strong> {t('reader.line115')}</p>
        <button type="button" className="btn" onClick={onGo}>{t('reader.go')}</button>
        <Link className="btn second" href="/hoc/bai">{t('ui.back')}</Link>
        <p className="lead">{t('reader.quickHint')}</p>
      </main>
    </>
  );
}

function Cards({ lesson, isStored, refreshStored, source, picture }: { lesson: LessonView } & Omit<ReturnType<typeof useLesson>, 'lesson' | 'error'>) {
  const personId = useSession()?.person?.id ?? '';
  const [, navigate] = useLocation();
  const [likes, setLikes] = useState(reading());
  const [at, setAt] = useState(() => startOf(personId, lesson));
  const card = lesson.cards[at] as LessonView['cards'][number];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a lesson that was read anew is the same lesson
  useEffect(() => {
    window.scrollTo(0, 0);
    // The card is drawn first; that it was read is told even when the reader has already gone on.
    setTimeout(() => {
      keepPlace(personId, lesson.id, card.slug);
      void tellSeen(personId, lesson, card.slug);
    }, 50);
  }, [card.slug, lesson.id, personId]);
  const last = at === lesson.cards.length - 1;
  return (
    <>
      <Bar title={t('reader.lesson', { n: lesson.position })} back="/hoc/bai" />
      <main className="page wide">
        <div className="row"><ol className="dots" aria-hidden>{lesson.cards.map((c, i) => <li key={c.slug} className={i <= at ? 'on' : ''} />)}</ol><span className="lead">{t('reader.card', { n: at + 1, of: lesson.cards.length })}</span></div>
        <CardView card={card} picture={picture(card.picture?.file)} heading={at === 0 ? lesson.title : null}>
          <AudioBar key={card.slug} title={card.title} tracks={card.tracks} language={likes.listen} speed={likes.speed} source={source} onLanguage={(listen) => setLikes(applySettings({ listen }))} onSpeed={(speed) => setLikes(applySettings({ speed }))} />
        </CardView>
        {last && <Finished lesson={lesson} />}
        {lesson.trainerNote && <details><summary>{t('reader.trainerNote')}</summary><p>{lesson.trainerNote}</p><Link className="btn second" href={`/hoc/bai/${lesson.id}/chieu`}><IconPresentation size={22} aria-hidden />{t('reader.project')}</Link></details>}
        <Download lesson={lesson} language={likes.listen} isStored={isStored} onDone={refreshStored} />
      </main>
      <div className="foot"><div>
        <button type="button" className="btn second" aria-label={t('reader.previous')} disabled={at === 0} onClick={() => setAt(at - 1)}><IconChevronLeft aria-hidden /></button>
        {lesson.sensitive && <button type="button" className="btn second" onClick={leaveQuickly}>{t('reader.quick')}</button>}
        <button type="button" className="btn" onClick={() => (last ? navigate('/hoc/bai') : setAt(at + 1))}>{last ? t('reader.close') : t('ui.continue')}</button>
      </div></div>
    </>
  );
}

function Finished({ lesson }: { lesson: LessonView }) {
  const practice = useQuery(query(listPractice, {}));
  const own = practice.data?.items.filter((p) => p.courseSlug === lesson.courseSlug && p.lessonSlug === lesson.slug) ?? [];
  const [check, more] = [own.find((p) => p.kind === 'lesson-check'), own.find((p) => p.kind === 'practice')];
  return (
    <section className="card first"><h3>{t('reader.finished')}</h3>
      {check && <Link className="btn" href={`/hoc/on/${check.formId}`}>{t('reader.check')}</Link>}
      {more && <Link className="btn second" href={`/hoc/on/${more.formId}`}>{t('reader.practise', { n: more.questions })}</Link>}
      {lesson.next && <Link className="btn second" href={`/hoc/bai/${lesson.next.id}`}>{t('reader.next', { title: lesson.next.title })}</Link>}
    </section>
  );
}

function Download({ lesson, language, isStored, onDone }: { lesson: LessonView; language: string; isStored: boolean; onDone: () => void }) {
  const keep = useMutation({ mutationFn: () => keepLesson(lesson, language), onSuccess: onDone, networkMode: 'always' });
  if (isStored) return <p className="lead row"><IconDeviceMobileCheck size={20} aria-hidden />{t('reader.stored')}</p>;
  return (
    <>
      <button type="button" className="btn text" disabled={keep.isPending} onClick={() => keep.mutate()}><IconDownload size={20} aria-hidden />{keep.isPending ? t('reader.downloading') : t('reader.download', { size: bytes(weightOf(lesson, language)) })}</button>
      {keep.isError && <Notice kind="warn">{t('reader.notKept')}</Notice>}
    </>
  );
}

const placeOf = (personId: string, lessonId: string): string => `lantoa.place.${personId}.${lessonId}`;
function keepPlace(personId: string, lessonId: string, card: string): void {
  try {
    localStorage.setItem(placeOf(personId, lessonId), card);
  } catch {
    // The server knows what was read; only the place is lost.
  }
}

/** The card named in the address, else where reading stopped, else the first that was not read. */
function startOf(personId: string, lesson: LessonView): number {
  const wanted = decodeURIComponent(location.hash.slice(1));
  let place: string | null = null;
  try {
    place = localStorage.getItem(placeOf(personId, lesson.id));
  } catch {
    // Nothing was kept.
  }
  const unread = lesson.cards.findIndex((c) => !lesson.seen.includes(c.slug));
  const named = lesson.cards.findIndex((c) => c.slug === (wanted || (unread < 0 ? '' : place)));
  return Math.max(0, named >= 0 ? named : unread);
}
