import { commentDraft, type Draft, moveDraft, resolveComment } from '@lantoa/shared/curriculum';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, ProblemAlert } from '../../../ui/staff-parts.tsx';

type Act = 'submit' | 'take-back' | 'return' | 'publish' | 'drop';
const LOOK: Record<string, string> = { draft: 'busy', review: 'warn', returned: 'bad' };

/** Where the draft stands and what may be done with it: written by one, let through by another. */
export function Review({ draft, onDone }: { draft: Draft; onDone: () => void }) {
  const session = useSession();
  const edits = session?.permissions.includes('course.edit') ?? false;
  const [asking, setAsking] = useState<Act>();
  const [note, setNote] = useState('');
  const move = useMutation({ mutationFn: (act: Act) => call(moveDraft, { params: { draftId: draft.id }, body: { act, note: note.trim() || null } }, { key: newId() }), onSuccess: () => { setAsking(undefined); setNote(''); onDone(); } });
  const open = draft.comments.filter((c) => !c.resolvedAt).length;
  const acts: Act[] = [...(edits && (draft.status === 'draft' || draft.status === 'returned') ? (['submit'] as const) : []), ...(edits && draft.status === 'review' ? (['take-back'] as const) : []), ...(draft.mayDecide ? (['publish', 'return'] as const) : []), ...(edits ? (['drop'] as const) : [])];
  return (
    <section className="panel stack">
      <div className="row-s"><span className={`tag ${LOOK[draft.status] ?? ''}`}>{t(`draft.${draft.status}`)}</span><span className="sub">{t('draft.base', { n: draft.baseNumber + 1, by: draft.createdBy })}{open > 0 && ` · ${t('draft.comments', { n: open })}`}</span></div>
      {draft.blocked && draft.status !== 'review' && <Alert color="nghe">{t('draft.blocked')}</Alert>}
      {draft.status === 'review' && !draft.mayDecide && <p className="sub">{t('draft.second')}</p>}
      <div className="row-s">{acts.map((a) => <Button key={a} variant={a === 'submit' || a === 'publish' ? 'filled' : a === 'drop' ? 'subtle' : 'outline'} {...(a === 'drop' && { color: 'do' })} disabled={(a === 'submit' || a === 'publish') && draft.blocked} loading={move.isPending && move.variables === a} onClick={() => (a === 'return' || a === 'drop' ? setAsking(a) : move.mutate(a))}>{t(`draft.act.${a}`, { n: draft.baseNumber + 1 })}</Button>)}</div>
      <ProblemAlert of={move} />
      <Dialog opened={asking !== undefined} onClose={() => setAsking(undefined)} title={asking ? t(`draft.act.${asking}`, { n: draft.baseNumber + 1 }) : ''}><div className="stack">
        <p>{t(asking === 'drop' ? 'draft.dropWhat' : 'draft.returnWhat')}</p>
        <Textarea label={t('draft.note')} value={note} autosize minRows={2} onChange={(e) => setNote(e.currentTarget.value)} />
        <div><Button disabled={asking === 'return' && note.trim().length < 3} loading={move.isPending} onClick={() => asking && move.mutate(asking)}>{asking ? t(`draft.act.${asking}`, { n: draft.baseNumber + 1 }) : ''}</Button></div>
      </div></Dialog>
    </section>
  );
}

/** What reviewers say about a card, and that it was seen to. */
export function Comments({ draft, lesson, card }: { draft: Draft; lesson: string; card: string | null }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const done = () => { setText(''); void client.invalidateQueries({ queryKey: ['curriculum', 'getCourse'] }); };
  const add = useMutation({ mutationFn: () => call(commentDraft, { params: { draftId: draft.id }, body: { lesson, card, text } }), onSuccess: done });
  const resolve = useMutation({ mutationFn: (commentId: string) => call(resolveComment, { params: { draftId: draft.id, commentId } }), onSuccess: done });
  const own = draft.comments.filter((c) => c.lesson === lesson && (c.card === card || c.card === null));
  return (
    <details open={own.some((c) => !c.resolvedAt)}><summary><strong>{t('comments.title', { n: own.length })}</strong></summary>
      <div className="stack">
        {own.map((c) => <div key={c.id} className="person"><span>{c.text}<br /><span className="sub">{c.by} · {moment(c.at)}</span></span>{c.resolvedAt ? <span className="tag ok">{t('comments.resolved')}</span> : <Button size="compact-md" variant="outline" onClick={() => resolve.mutate(c.id)}>{t('comments.resolve')}</Button>}</div>)}
        <Textarea label={t('comments.add')} value={text} autosize onChange={(e) => setText(e.currentTarget.value)} />
        <ProblemAlert of={add} /><ProblemAlert of={resolve} />
        <div><Button size="compact-md" variant="outline" disabled={text.trim().length < 2} loading={add.isPending} onClick={() => add.mutate()}>{t('comments.send')}</Button></div>
      </div>
    </details>
  );
}
