import { getQuestionDraft, moveQuestionDraft, type QuestionContent, type QuestionDraftView, saveQuestionDraft } from '@lantoa/shared/assessment';
import { listRecordings } from '@lantoa/shared/curriculum';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { PictureField } from '../../../ui/picture-field.tsx';

type Act = 'submit' | 'take-back' | 'return' | 'publish' | 'drop';

/** Writing a question: the next version of one, a new one, or one that came in a file. */
export default function QuestionDraftPage({ id }: { id: string }) {
  const draft = useQuery(query(getQuestionDraft, { params: { draftId: id } }));
  return <Loaded query={draft} height={500}>{(d) => <DraftForm key={d.revision + d.status} d={d} />}</Loaded>;
}

function DraftForm({ d }: { d: QuestionDraftView }) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const edits = useSession()?.permissions.includes('course.edit') ?? false;
  const [c, setC] = useState<QuestionContent>(d.content);
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const table = useQuery(query(listRecordings, { params: { courseSlug: d.courseSlug } }));
  const back = `/quan-ly/cau-hoi/khoa/${d.courseSlug}`;
  const keep = (next: QuestionDraftView) => client.setQueryData(query(getQuestionDraft, { params: { draftId: d.id } }).queryKey, next);
  const save = useMutation({ mutationFn: () => call(saveQuestionDraft, { params: { draftId: d.id }, body: { revision: d.revision, content: c } }), onSuccess: keep });
  const move = useMutation({
    mutationFn: (act: Act) => call(moveQuestionDraft, { params: { draftId: d.id }, body: { act, note: note || null } }, { key: newId() }),
    onSuccess: (next) => { setAsking(false); keep(next); void client.invalidateQueries({ queryKey: ['assessment', 'listBank'] }); if (next.status === 'published' || next.status === 'dropped') navigate(next.questionId && next.status === 'published' ? `/quan-ly/cau-hoi/${next.questionId}` : back); },
  });
  const cards = (table.data?.rows ?? []).map((r) => ({ value: r.subject, label: `${r.lessonTitle} › ${r.title}` }));
  const off = !d.mayEdit;
  const dirty = JSON.stringify(c) !== JSON.stringify(d.content);
  const option = (i: number, next: Partial<QuestionContent['options'][number]>) => setC({ ...c, options: c.options.map((o, n) => (n === i ? { ...o, ...next } : next.right && c.kind !== 'multiple' ? { ...o, right: false } : o)) });
  const ordered = c.kind === 'ordering' || c.kind === 'matching';
  const acts: Act[] = [...(edits && (d.status === 'draft' || d.status === 'returned') ? (['submit'] as const) : []), ...(edits && d.status === 'review' ? (['take-back'] as const) : []), ...(d.mayDecide ? (['publish', 'return'] as const) : []), ...(edits && d.status !== 'published' && d.status !== 'dropped' ? (['drop'] as const) : [])];
  return (
    <>
      <Head title={c.stem || t('bank.noStem')} back={back} sub={`${t(`kind.${c.kind}`)} · ${t(`draft.${d.status}`)}`} />
      {d.note && <Alert color="nghe" title={t('draft.note')}>{d.note}</Alert>}
      {d.breaksComparison && <Alert color="nghe">{t('bank.breaks')}</Alert>}
      {d.faults.length > 0 && !dirty && <Alert color="nghe" title={t('bank.faults', { n: d.faults.length })}><ul style={{ margin: 0 }}>{d.faults.map((f) => <li key={f.code + f.option}>{t(`fault.${f.code}`, { n: (f.option ?? 0) + 1 })}</li>)}</ul></Alert>}
      <section className="panel stack">
        <Textarea label={t('bank.stem')} value={c.stem} autosize disabled={off} onChange={(e) => setC({ ...c, stem: e.currentTarget.value })} />
        <PictureField courseSlug={d.courseSlug} picture={c.picture} off={off} shown onChange={(picture) => setC({ ...c, picture })} />
        <div className="row-s" style={{ alignItems: 'end' }}>
          <TextInput label={t('bank.topic')} value={c.topic} disabled={off} onChange={(e) => setC({ ...c, topic: e.currentTarget.value })} />
          <NumberInput label={t('bank.difficulty')} value={c.difficulty} min={0} max={1} step={0.05} decimalSeparator="," disabled={off} onChange={(v) => setC({ ...c, difficulty: Number(v) || 0 })} />
          <Select label={t('bank.card')} searchable clearable data={cards} value={c.lesson && c.card ? `${c.lesson}/${c.card}` : null} disabled={off} style={{ flex: 1, minWidth: 220 }} onChange={(v) => setC({ ...c, lesson: v?.split('/')[0] ?? null, card: v?.split('/')[1] ?? null })} />
        </div>
        <Checkbox label={t('bank.anchor')} checked={c.anchor} disabled={off} onChange={(e) => setC({ ...c, anchor: e.currentTarget.checked })} />
        <p className="sub">{t(`kind.${c.kind}.how`)}</p>
        {c.options.map((o, i) => (
          <fieldset key={i} className="stack" style={{ border: '1px solid var(--line-200)', borderRadius: 8, padding: 12, gap: 8 }}><legend>{t('bank.nth', { n: i + 1 })}</legend>
            <TextInput label={t('bank.optionText')} value={o.text} disabled={off || c.kind === 'true-false'} onChange={(e) => option(i, { text: e.currentTarget.value })} />
            {c.kind === 'picture' && <PictureField courseSlug={d.courseSlug} picture={o.picture} off={off} shown onChange={(picture) => option(i, { picture })} />}
            {c.kind === 'matching' && <TextInput label={t('bank.match')} value={o.match ?? ''} disabled={off} onChange={(e) => option(i, { match: e.currentTarget.value })} />}
            <TextInput label={t('bank.reason')} value={o.reason} disabled={off} onChange={(e) => option(i, { reason: e.currentTarget.value })} />
            {!ordered && <Checkbox label={t('bank.isRight')} checked={o.right} disabled={off} onChange={(e) => option(i, { right: e.currentTarget.checked })} />}
            {!off && c.kind !== 'true-false' && c.options.length > 2 && <div><Button size="compact-md" variant="default" onClick={() => setC({ ...c, options: c.options.filter((_, n) => n !== i) })}>{t('ui.remove')}</Button></div>}
          </fieldset>
        ))}
        {!off && c.kind !== 'true-false' && c.options.length < (ordered ? 6 : 4) && <div><Button size="compact-md" variant="outline" onClick={() => setC({ ...c, options: [...c.options, { text: '', right: false, reason: '', match: c.kind === 'matching' ? '' : null, picture: null }] })}>{t('bank.addOption')}</Button></div>}
        <ProblemAlert of={save} /><ProblemAlert of={move} />
        <div className="row-s">
          {!off && <Button disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>{t('ui.save')}</Button>}
          {acts.map((a) => <Button key={a} variant={a === 'drop' ? 'subtle' : 'outline'} {...(a === 'drop' && { color: 'do' })} disabled={dirty || ((a === 'submit' || a === 'publish') && d.faults.length > 0)} loading={move.isPending && move.variables === a} onClick={() => (a === 'return' ? setAsking(true) : move.mutate(a))}>{t(`question.act.${a}`)}</Button>)}
        </div>
        {d.status === 'review' && !d.mayDecide && <p className="sub">{t('draft.second')}</p>}
      </section>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('question.act.return')}><div className="stack"><Textarea label={t('draft.note')} value={note} autosize minRows={2} onChange={(e) => setNote(e.currentTarget.value)} /><div><Button disabled={note.trim().length < 3} loading={move.isPending} onClick={() => move.mutate('return')}>{t('question.act.return')}</Button></div></div></Dialog>
    </>
  );
}
