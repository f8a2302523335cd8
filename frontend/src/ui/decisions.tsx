import { type ClassAct, type ClassRow, getChecks, moveClass } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, query } from '../lib/api.ts';
import { t } from '../lib/i18n.ts';
import { Dialog, ProblemAlert } from './staff-parts.tsx';

const PLAN_CHECKS = ['trainers-qualified', 'no-clash', 'villages-needed'];
const REASONS: Partial<Record<ClassAct, readonly string[]>> = { return: ['people', 'trainer', 'dates', 'other'], 'return-report': ['attendance', 'sheet', 'scores', 'text', 'other'] };

interface Props { c: Pick<ClassRow, 'id' | 'phase'> & { acts: readonly ClassAct[] }; onDone: () => void; keys?: boolean }

/** Handing in, approving, returning, with the checks in words beside the decision. With `keys`, D approves. */
export function Decisions({ c, onDone, keys = false }: Props) {
  const [asking, setAsking] = useState<ClassAct>();
  const [kind, setKind] = useState('');
  const [note, setNote] = useState('');
  const deciding = c.acts.includes('approve') || c.acts.includes('approve-report');
  const checks = useQuery({ ...query(getChecks, { params: { classId: c.id } }), enabled: deciding });
  const move = useMutation({ mutationFn: (act: ClassAct) => call(moveClass, { params: { classId: c.id }, body: { act, note: [kind && t(`why.${kind}`), note.trim()].filter(Boolean).join(': ') || null } }, { key: newId() }), onSuccess: () => { setAsking(undefined); setNote(''); setKind(''); onDone(); } });
  const approve = c.acts.find((a) => a === 'approve' || a === 'approve-report');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key approves the case that is shown
  useEffect(() => {
    if (!keys || !approve) return;
    const press = (e: KeyboardEvent) => { if (e.key.toLowerCase() === 'd' && !(e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement)) move.mutate(approve); };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keys, approve, c.id]);
  if (!c.acts.length) return null;
  const reasons = asking ? (REASONS[asking] ?? []) : [];
  const shown = checks.data?.items.filter((x) => (c.phase === 'submitted') === PLAN_CHECKS.includes(x.code) || (c.phase !== 'submitted' && x.code !== 'villages-needed')) ?? [];
  return (
    <section className="panel stack no-print">
      {deciding && <><h2>{t(c.acts.includes('approve') ? 'decide.plan' : 'decide.report')}</h2><ul className="bare">{shown.map((x) => <li key={x.code} style={{ margin: '4px 0' }}><span className={`tag ${x.ok ? 'ok' : 'warn'}`}>{t(x.ok ? 'check.good' : 'check.look')}</span> {t(`check.${x.code}.${x.ok}`, x.params)}</li>)}</ul></>}
      <div className="row-s">
        {c.acts.filter((a) => a !== 'cancel').map((a) => <Button key={a} variant={a.startsWith('return') ? 'outline' : 'filled'} loading={move.isPending && move.variables === a} onClick={() => (a.startsWith('return') ? setAsking(a) : move.mutate(a))}>{t(`act.${a}`)}</Button>)}
        {c.acts.includes('cancel') && <Button variant="subtle" color="do" onClick={() => setAsking('cancel')}>{t('act.cancel')}</Button>}
      </div>
      <ProblemAlert of={move} />
      <Dialog opened={asking !== undefined} onClose={() => setAsking(undefined)} title={t('act.title')}><div className="stack">
        {reasons.length > 0 && <Radio.Group label={t('why.title')} value={kind} onChange={setKind}><Stack gap="xs" mt={4}>{reasons.map((r) => <Radio key={r} value={r} label={t(`why.${r}`)} />)}</Stack></Radio.Group>}
        <Textarea label={t('act.reason')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={3} />
        <Button disabled={note.trim().length < 3 || (reasons.length > 0 && !kind)} loading={move.isPending} onClick={() => asking && move.mutate(asking)}>{asking ? t(`act.${asking}`) : ''}</Button>
      </div></Dialog>
    </section>
  );
}
