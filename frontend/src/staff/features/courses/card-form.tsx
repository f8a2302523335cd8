import type { Card } from '@lantoa/shared/curriculum';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { PictureField } from '../../../ui/picture-field.tsx';

interface Props { courseSlug: string; mayEdit: boolean; card: Card; index: number; count: number; onChange: (c: Card) => void; onAdd: () => void; onRemove: () => void; onMove: (by: -1 | 1) => void }

/** Heading, text, picture, hard words and sources of one card. */
export function CardForm({ courseSlug, mayEdit, card, index, count, onChange, onAdd, onRemove, onMove }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const words = card.text.replace(/\*\*|^- /gm, '').split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
  /** Puts marks around what is selected, or at the beginning of its lines. */
  const mark = (kind: 'bold' | 'list') => {
    const el = box.current;
    if (!el) return;
    const [from, to] = [el.selectionStart, el.selectionEnd];
    const chosen = card.text.slice(from, to);
    onChange({ ...card, text: card.text.slice(0, from) + (kind === 'bold' ? `**${chosen}**` : chosen.split('\n').map((l) => (l.startsWith('- ') ? l : `- ${l}`)).join('\n')) + card.text.slice(to) });
  };
  const rows = <K extends 'terms' | 'sources'>(key: K, empty: Card[K][number], fields: [keyof Card[K][number] & string, string, string?][]) => (
    <fieldset className="stack" style={{ border: 0, margin: 0, padding: 0, gap: 8 }}><legend><strong>{t(`editor.${key}`)}</strong></legend>
      {card[key].map((row, i) => (
        <div key={i} className="row-s" style={{ alignItems: 'end' }}>
          {fields.map(([name, label, type]) => <TextInput key={name} type={type ?? 'text'} label={t(label)} style={{ flex: 1, minWidth: 120 }} disabled={!mayEdit} value={String((row as Record<string, string>)[name])} onChange={(e) => onChange({ ...card, [key]: card[key].map((r, n) => (n === i ? { ...r, [name]: e.currentTarget.value } : r)) })} />)}
          {mayEdit && <Button size="compact-md" variant="default" onClick={() => onChange({ ...card, [key]: card[key].filter((_, n) => n !== i) })}>{t('ui.remove')}</Button>}
        </div>
      ))}
      {mayEdit && <div><Button size="compact-md" variant="outline" onClick={() => onChange({ ...card, [key]: [...card[key], empty] })}>{t(`editor.add.${key}`)}</Button></div>}
    </fieldset>
  );
  return (
    <div className="stack">
      <TextInput label={t('editor.cardTitle', { n: index + 1, of: count })} value={card.title} disabled={!mayEdit} onChange={(e) => onChange({ ...card, title: e.currentTarget.value })} />
      <Textarea ref={box} label={t('editor.text', { n: words })} value={card.text} autosize minRows={5} disabled={!mayEdit} onChange={(e) => onChange({ ...card, text: e.currentTarget.value })} />
      <PictureField courseSlug={courseSlug} picture={card.picture} off={!mayEdit} onChange={(picture) => onChange({ ...card, picture })}>
        <Button size="compact-md" variant="default" onClick={() => mark('bold')}>{t('editor.bold')}</Button><Button size="compact-md" variant="default" onClick={() => mark('list')}>{t('editor.list')}</Button>
      </PictureField>
      {rows('terms', { term: '', meaning: '' }, [['term', 'editor.term'], ['meaning', 'editor.meaning']])}
      {rows('sources', { text: '', checkedOn: todayHere() }, [['text', 'editor.source'], ['checkedOn', 'editor.checkedOn', 'date']])}
      {mayEdit && <div className="row-s">
        <Button size="compact-md" onClick={onAdd}>{t('editor.addCard')}</Button>
        <Button size="compact-md" variant="default" disabled={index === 0} onClick={() => onMove(-1)}>{t('editor.up')}</Button>
        <Button size="compact-md" variant="default" disabled={index === count - 1} onClick={() => onMove(1)}>{t('editor.down')}</Button>
        <Button size="compact-md" variant="default" disabled={count === 1} onClick={onRemove}>{t('editor.removeCard')}</Button>
      </div>}
    </div>
  );
}
