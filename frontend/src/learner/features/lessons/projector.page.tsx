import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { CardView } from '../../../ui/card-view.tsx';
import { Notice, Skeletons } from '../../../ui/parts.tsx';
import { useLesson } from './use-lesson.ts';

/** A lesson on the wall of a hall: one card, large, moved by arrow keys or buttons; nothing about anybody. */
export default function ProjectorPage({ lessonId }: { lessonId: string }) {
  const { lesson, error, picture } = useLesson(lessonId);
  const [at, setAt] = useState(0);
  const count = lesson?.cards.length ?? 1;
  useEffect(() => {
    const move = (e: KeyboardEvent) => {
      if (e.key === 'ArrowRight' || e.key === 'PageDown' || e.key === ' ') setAt((i) => Math.min(count - 1, i + 1));
      if (e.key === 'ArrowLeft' || e.key === 'PageUp') setAt((i) => Math.max(0, i - 1));
    };
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, [count]);
  if (error) return <main className="page"><Notice kind="bad">{problemText(error)}</Notice></main>;
  const card = lesson?.cards[at];
  if (!lesson || !card) return <main className="page"><Skeletons n={1} /></main>;
  return (
    <main className="wall">
      <CardView key={card.slug} card={card} picture={picture(card.picture?.file)} />
      <nav className="row" aria-label={t('reader.project')}>
        <Link className="btn second" href={`/hoc/bai/${lesson.id}`}>{t('reader.stopProject')}</Link>
        <button type="button" className="btn second" onClick={() => void document.documentElement.requestFullscreen?.()}>{t('reader.full')}</button>
        <button type="button" className="btn second" disabled={at === 0} onClick={() => setAt(at - 1)}>{t('reader.previous')}</button>
        <button type="button" className="btn" disabled={at === count - 1} onClick={() => setAt(at + 1)}>{t('ui.continue')} ({at + 1}/{count})</button>
      </nav>
    </main>
  );
}
