import { listPractice } from '@lantoa/shared/assessment';
import { type Card, getLesson, markCards } from '@lantoa/shared/curriculum';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Prose } from '../../../ui/markdown.tsx';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';

/** One card at a time; every card that was shown is told to the server, and reading goes on where it stopped. */
export default function ReaderPage({ lessonId }: { lessonId: string }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const lesson = useQuery(query(getLesson, { params: { lessonId } }));
  const practice = useQuery(query(listPractice, {}));
  const [index, setIndex] = useState<number>();
  const data = lesson.data;
  const wanted = decodeURIComponent(location.hash.slice(1));
  const first = data ? data.cards.findIndex((c) => (wanted ? c.slug === wanted : !data.seen.includes(c.slug))) : 0;
  const at = index ?? Math.max(0, first);
  const card = data?.cards[at];
  useEffect(() => {
    if (!card) return;
    void call(markCards, { params: { lessonId }, body: { cards: [card.slug] } }).then(() => client.invalidateQueries({ queryKey: ['curriculum', 'listCourses'] })).catch(() => {});
    window.scrollTo(0, 0);
  }, [card, lessonId, client]);
  if (lesson.isError) return <><Bar title={t('tabs.lessons')} back="/hoc/bai" /><main className="page"><Notice kind="bad">{problemText(lesson.error)}</Notice></main></>;
  if (!data || !card) return <><Bar title={t('tabs.lessons')} back="/hoc/bai" /><main className="page"><Skeletons n={2} /></main></>;
  const last = at === data.cards.length - 1;
  const check = practice.data?.items.find((p) => p.kind === 'lesson-check' && p.lessonSlug === data.slug);
  return (
    <>
      <Bar title={t('reader.lesson', { n: data.position })} back="/hoc/bai" />
      <main className="page wide">
        <div className="row"><ol className="dots" aria-hidden>{data.cards.map((c, i) => <li key={c.slug} className={i <= at ? 'on' : ''} />)}</ol><span className="lead">{t('reader.card', { n: at + 1, of: data.cards.length })}</span></div>
        <CardView card={card} courseSlug={data.courseSlug} heading={at === 0 ? data.title : null} />
        {data.trainerNote && <details><summary>{t('reader.trainerNote')}</summary><p>{data.trainerNote}</p></details>}
        {last && <section className="card first"><h3>{t('reader.finished')}</h3>{check && <Link className="btn" href={`/hoc/on/${check.formId}`}>{t('reader.check')}</Link>}{data.next && <Link className="btn second" href={`/hoc/bai/${data.next.id}`} onClick={() => setIndex(undefined)}>{t('reader.next', { title: data.next.title })}</Link>}</section>}
      </main>
      <div className="foot"><div>
        <button type="button" className="btn second" aria-label={t('reader.previous')} disabled={at === 0} onClick={() => setIndex(at - 1)}><IconChevronLeft aria-hidden /></button>
        <button type="button" className="btn" onClick={() => (last ? navigate('/hoc/bai') : setIndex(at + 1))}>{last ? t('reader.close') : t('ui.continue')}</button>
      </div></div>
    </>
  );
}

function CardView({ card, courseSlug, heading }: { card: Card; courseSlug: string; heading: string | null }) {
  const [broken, setBroken] = useState(false);
  return (
    <article className={card.picture ? 'two' : 'list'}>
      {card.picture && (broken ? <p className="term">{card.picture.alt}</p> : <img className="picture" src={`/noi-dung/${courseSlug}/media/${card.picture.file}`} alt={card.picture.alt} width={640} height={480} onError={() => setBroken(true)} />)}
      <div className="list">
        {heading && <p className="lead">{heading}</p>}
        <h1>{card.title}</h1>
        <Prose text={card.text} />
        {card.terms.map((x) => <p key={x.term} className="term"><strong>{x.term}</strong>: {x.meaning}</p>)}
        {card.sources.map((s) => <p key={s.text} className="lead">{t('reader.source', { text: s.text, day: day(s.checkedOn) })}</p>)}
      </div>
    </article>
  );
}
