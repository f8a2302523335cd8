import { listBank } from '@lantoa/shared/assessment';
import { type Draft, type DraftLesson, getCourse, type LessonContent, mediaAddress, saveDraftLesson } from '@lantoa/shared/curriculum';
import { Alert, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem, call, query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { CardView } from '../../../ui/card-view.tsx';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';
import { CardForm } from './card-form.tsx';
import { Meter } from './meter.tsx';
import { Comments } from './review.tsx';

const SAVE_AFTER_MS = 1500;
const keptKey = (lessonId: string): string => `lantoa.lesson-draft.${lessonId}`;

/** What this machine has of the lesson that the server has not: a page that was closed, a network that was away. */
function keptHere(l: DraftLesson): LessonContent | null {
  try {
    return JSON.parse(localStorage.getItem(keptKey(l.id)) ?? 'null');
  } catch {
    return null;
  }
}

interface Props { draft: Draft; lesson: DraftLesson; cardIndex: number; onCard: (n: number) => void; onReload: () => Promise<unknown> }

/** The form of one lesson and its card, saved by itself a moment after typing; beside it the card as a phone shows it. */
export function LessonEditor({ draft, lesson, cardIndex, onCard, onReload }: Props) {
  const client = useQueryClient();
  const [content, setContent] = useState<LessonContent>(() => keptHere(lesson) ?? lesson.content);
  const [revision, setRevision] = useState(lesson.revision);
  const [findings, setFindings] = useState(lesson.findings);
  const [savedAt, setSavedAt] = useState<string>();
  const latest = useRef(content);
  latest.current = content;
  const card = content.cards[cardIndex];
  const save = useMutation({
    mutationFn: ({ c, at }: { c: LessonContent; at: number }) => call(saveDraftLesson, { params: { draftId: draft.id, lessonId: lesson.id }, body: { revision: at, title: c.title, aim: c.aim || '…', minutes: c.minutes, note: c.note, sensitive: c.sensitive, check: c.check, cards: c.cards.map((x) => ({ ...x, title: x.title.trim() || t('editor.untitled') })) } }),
    onSuccess: (saved, { c }) => {
      // What the server has cleaned is what stands; unless somebody has typed on meanwhile.
      setContent((now) => (now === c ? saved.content : now));
      client.setQueryData(query(getCourse, { params: { courseSlug: draft.courseSlug } }).queryKey, (old) => (old?.draft ? { ...old, draft: { ...old.draft, lessons: old.draft.lessons.map((l) => (l.id === saved.id ? saved : l)), blocked: old.draft.lessons.some((l) => (l.id === saved.id ? saved : l).findings.some((f) => f.blocks)) } } : old));
      setRevision(saved.revision);
      setFindings(saved.findings);
      setSavedAt(saved.editedAt);
      localStorage.removeItem(keptKey(lesson.id));
    },
  });
  const dirty = content !== lesson.content && JSON.stringify(content) !== JSON.stringify(save.data?.content ?? lesson.content);
  const taken = save.error instanceof ApiProblem && save.error.code === 'curriculum.changed-meanwhile';
  const { mutate, isPending } = save;
  useEffect(() => {
    if (!dirty || !draft.mayEdit || isPending || taken) return;
    const timer = setTimeout(() => mutate({ c: latest.current, at: revision }), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [dirty, draft.mayEdit, isPending, taken, mutate, revision]);
  const change = (next: LessonContent) => {
    setContent(next);
    try {
      localStorage.setItem(keptKey(lesson.id), JSON.stringify(next));
    } catch {
      // A browser that keeps nothing still saves to the server.
    }
  };
  const status = isPending ? t('editor.saving') : save.isError ? t('editor.keptHere') : dirty ? t('editor.typing') : savedAt ? t('editor.saved', { at: moment(savedAt) }) : t('editor.by', { name: lesson.editedBy, at: moment(lesson.editedAt) });
  return (
    <>
      <section className="panel stack">
        <div className="row-s" style={{ justifyContent: 'space-between' }}><h2>{content.title}</h2><span className="sub" role="status">{status}</span></div>
        {taken && <Alert color="nghe"><ProblemAlert of={save} /><span className="row-s"><Button size="compact-md" variant="outline" onClick={() => { localStorage.removeItem(keptKey(lesson.id)); void onReload(); }}>{t('editor.takeTheirs')}</Button><Button size="compact-md" onClick={() => void onReload()}>{t('editor.keepMine')}</Button></span></Alert>}
        {!taken && <ProblemAlert of={save} />}
        {card && <CardForm key={`${cardIndex}`} courseSlug={draft.courseSlug} mayEdit={draft.mayEdit} card={card} index={cardIndex} count={content.cards.length}
          onChange={(c) => change({ ...content, cards: content.cards.map((x, i) => (i === cardIndex ? c : x)) })}
          onAdd={() => { change({ ...content, cards: [...content.cards.slice(0, cardIndex + 1), { slug: `the-${Date.now().toString(36)}`, title: t('editor.untitled'), text: '', picture: null, terms: [], sources: [] }, ...content.cards.slice(cardIndex + 1)] }); onCard(cardIndex + 1); }}
          onRemove={() => { change({ ...content, cards: content.cards.filter((_, i) => i !== cardIndex) }); onCard(Math.max(0, cardIndex - 1)); }}
          onMove={(by) => { const cards = [...content.cards]; [cards[cardIndex], cards[cardIndex + by]] = [cards[cardIndex + by] as never, cards[cardIndex] as never]; change({ ...content, cards }); onCard(cardIndex + by); }} />}
        <LessonHead draft={draft} content={content} onChange={change} />
        <Comments draft={draft} lesson={lesson.content.slug} card={card?.slug ?? null} />
      </section>
      <aside className="stack">
        <Meter courseSlug={draft.courseSlug} content={content} findings={findings} />
        {card && <div className="phone" role="region" aria-label={t('editor.preview')}><CardView card={card} picture={card.picture ? mediaAddress(draft.courseSlug, card.picture.file) : null} heading={cardIndex === 0 ? content.title : null} /></div>}
      </aside>
    </>
  );
}

function LessonHead({ draft, content, onChange }: { draft: Draft; content: LessonContent; onChange: (c: LessonContent) => void }) {
  const bank = useQuery(query(listBank, { params: { courseSlug: draft.courseSlug }, query: {} }));
  const own = bank.data?.items.filter((q) => q.lesson === content.slug) ?? [];
  const off = !draft.mayEdit;
  return (
    <details><summary><strong>{t('editor.lessonHead')}</strong></summary>
      <div className="stack">
        <TextInput label={t('editor.lessonTitle')} value={content.title} disabled={off} onChange={(e) => onChange({ ...content, title: e.currentTarget.value })} />
        <TextInput label={t('editor.lessonAim')} value={content.aim} disabled={off} onChange={(e) => onChange({ ...content, aim: e.currentTarget.value })} />
        <NumberInput label={t('editor.minutes')} value={content.minutes} min={1} max={30} disabled={off} onChange={(v) => onChange({ ...content, minutes: Number(v) || 1 })} />
        <Select label={t('editor.check')} placeholder={t('editor.checkNone')} value={content.check} clearable disabled={off} data={own.map((q) => ({ value: q.slug, label: q.stem }))} onChange={(check) => onChange({ ...content, check })} />
        <Textarea label={t('editor.note')} value={content.note ?? ''} autosize minRows={2} disabled={off} onChange={(e) => onChange({ ...content, note: e.currentTarget.value || null })} />
        <Checkbox label={t('editor.sensitive')} checked={content.sensitive} disabled={off} onChange={(e) => onChange({ ...content, sensitive: e.currentTarget.checked })} />
      </div>
    </details>
  );
}
