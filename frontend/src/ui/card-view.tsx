import type { Card } from '@lantoa/shared/curriculum';
import { type ReactNode, useState } from 'react';
import { day } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { Prose } from './markdown.tsx';

/** One card of a lesson, the same for the reader, the projector and the editor's preview. A picture that does not come shows its words. */
export function CardView({ card, picture, heading, children }: { card: Pick<Card, 'title' | 'text' | 'picture' | 'terms' | 'sources'>; picture: string | null; heading?: string | null; children?: ReactNode }) {
  const [broken, setBroken] = useState<string | null>(null);
  const alt = card.picture?.alt ?? '';
  return (
    <article className={card.picture ? 'two' : 'list'}>
      {card.picture && (!picture || broken === picture ? <p className="term">{alt}</p> : <img className="picture" src={picture} alt={alt} width={640} height={480} onError={() => setBroken(picture)} />)}
      <div className="list">
        {heading && <p className="lead">{heading}</p>}
        {children}
        <h1>{card.title}</h1>
        <Prose text={card.text} />
        {card.terms.map((x) => <p key={x.term} className="term"><strong>{x.term}</strong>: {x.meaning}</p>)}
        {card.sources.map((s) => <p key={s.text} className="lead">{t('reader.source', { text: s.text, day: day(s.checkedOn) })}</p>)}
      </div>
    </article>
  );
}
