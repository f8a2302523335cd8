import { listRules, setRule, updateProgramme, updateTier } from '@lantoa/shared/programmes';
import { listProgrammes } from '@lantoa/shared/training';
import { Button, NumberInput, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, number, percent, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import { RubricField } from './rubric-field.tsx';
import { Targets } from './targets.tsx';
import type { Programme, Tier } from './tier.ts';

/** A programme's tiers, rules with their dates, targets and indicator period. */
export default function ProgrammesPage() {
  const programmes = useQuery(query(listProgrammes, {}));
  const mayEdit = useSession()?.permissions.includes('programme.edit') ?? false;
  return <><Head title={t('programme.title')} sub={t('programme.what')} /><Loaded query={programmes} height={300}>{({ items }) => (items.length === 0 ? <Empty>{t('programme.none')}</Empty> : items.map((p) => <One key={p.id} p={p} mayEdit={mayEdit} />))}</Loaded></>;
}

function One({ p, mayEdit }: { p: Programme; mayEdit: boolean }) {
  const [editing, setEditing] = useState(false);
  return (
    <section className="stack"><div className="panel"><div className="row-s" style={{ justifyContent: 'space-between' }}><div><h2 style={{ margin: 0 }}>{p.name}</h2><p className="sub">{t('programme.since', { day: day(p.startsOn) })} · {p.indicatorsFrom || p.indicatorsUntil ? t('programme.period', { from: p.indicatorsFrom ? day(p.indicatorsFrom) : day(p.startsOn), until: p.indicatorsUntil ? day(p.indicatorsUntil) : t('programme.open') }) : t('programme.noPeriod')}</p></div>{mayEdit && <Button variant="outline" onClick={() => setEditing(true)}>{t('programme.edit')}</Button>}</div></div>
      {p.tiers.map((tier) => <TierPanel key={tier.id} tier={tier} mayEdit={mayEdit} />)}
      <Dialog opened={editing} onClose={() => setEditing(false)} title={t('programme.edit')}><EditProgramme p={p} onDone={() => setEditing(false)} /></Dialog>
    </section>
  );
}

function EditProgramme({ p, onDone }: { p: Programme; onDone: () => void }) {
  const client = useQueryClient();
  const [v, setV] = useState({ name: p.name, from: p.indicatorsFrom ?? '', until: p.indicatorsUntil ?? '' });
  const save = useMutation({ mutationFn: () => call(updateProgramme, { params: { programmeId: p.id }, body: { version: p.version, name: v.name, indicatorsFrom: v.from || null, indicatorsUntil: v.until || null } }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['training'] }); onDone(); } });
  const submit = (e: FormEvent) => { e.preventDefault(); save.mutate(); };
  return <form className="stack" onSubmit={submit}><ProblemAlert of={save} /><TextInput label={t('programme.name')} value={v.name} onChange={(e) => setV({ ...v, name: e.currentTarget.value })} required /><TextInput type="date" label={t('programme.from')} value={v.from} onChange={(e) => setV({ ...v, from: e.currentTarget.value })} /><TextInput type="date" label={t('programme.until')} value={v.until} onChange={(e) => setV({ ...v, until: e.currentTarget.value })} /><Button type="submit" loading={save.isPending}>{t('programme.save')}</Button></form>;
}

function TierPanel({ tier, mayEdit }: { tier: Tier; mayEdit: boolean }) {
  const [open, setOpen] = useState<'tier' | 'rule' | 'targets'>();
  const close = () => setOpen(undefined);
  return (
    <section className="panel stack">
      <div><h2 style={{ margin: 0 }}>{t('classes.tier', { name: tier.name })}</h2><p className="sub">{tier.audience} · {tier.certificateTitle}</p></div>
      <Rules tier={tier} />
      <p style={{ margin: 0 }}>{tier.rubric ? t('programme.rubric', { lines: tier.rubric.map((l) => l.text).join('; '), least: number(tier.minRubric, 1) }) : t('programme.noRubric')}</p>
      <p style={{ margin: 0 }}>{t('programme.target', { n: number(tier.target) })}</p>
      {mayEdit && <div className="row-s"><Button variant="outline" size="compact-md" onClick={() => setOpen('tier')}>{t('programme.editTier')}</Button><Button variant="outline" size="compact-md" onClick={() => setOpen('rule')}>{t('programme.newRule')}</Button><Button variant="outline" size="compact-md" onClick={() => setOpen('targets')}>{t('programme.targets')}</Button></div>}
      <Dialog opened={open === 'tier'} onClose={close} title={t('programme.editTier')}><EditTier tier={tier} onDone={close} /></Dialog>
      <Dialog opened={open === 'rule'} onClose={close} title={t('programme.newRule')}><NewRule tier={tier} onDone={close} /></Dialog>
      <Dialog opened={open === 'targets'} onClose={close} title={t('programme.targets')} size="lg"><Targets tier={tier} /></Dialog>
    </section>
  );
}

function Rules({ tier }: { tier: Tier }) {
  const rules = useQuery(query(listRules, { params: { tierId: tier.id } }));
  return <Loaded query={rules} height={60}>{({ items }) => <Scroll label={t('programme.rules')}><Table><Table.Thead><Table.Tr><Table.Th>{t('programme.ruleFrom')}</Table.Th><Table.Th>{t('programme.attendance')}</Table.Th><Table.Th>{t('programme.passMark')}</Table.Th><Table.Th>{t('programme.reportIn')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>{[...items].reverse().map((r) => <Table.Tr key={r.id}><Table.Td style={{ whiteSpace: 'nowrap' }}>{day(r.from)}{r.until ? `–${day(r.until)}` : ` ${t('programme.onwards')}`}</Table.Td><Table.Td>{percent(r.minAttendance)}</Table.Td><Table.Td>{percent(r.passMark)}</Table.Td><Table.Td>{t('programme.days', { n: r.reportDays })}</Table.Td></Table.Tr>)}</Table.Tbody></Table></Scroll>}</Loaded>;
}

function EditTier({ tier, onDone }: { tier: Tier; onDone: () => void }) {
  const client = useQueryClient();
  const [v, setV] = useState({ name: tier.name, audience: tier.audience, rubric: tier.rubric });
  const save = useMutation({ mutationFn: () => call(updateTier, { params: { tierId: tier.id }, body: v }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['training'] }); onDone(); } });
  const submit = (e: FormEvent) => { e.preventDefault(); save.mutate(); };
  return <form className="stack" onSubmit={submit}><ProblemAlert of={save} /><TextInput label={t('programme.tierName')} value={v.name} onChange={(e) => setV({ ...v, name: e.currentTarget.value })} required /><TextInput label={t('programme.audience')} value={v.audience} onChange={(e) => setV({ ...v, audience: e.currentTarget.value })} required /><RubricField value={v.rubric} onChange={(rubric) => setV({ ...v, rubric })} /><Button type="submit" loading={save.isPending}>{t('programme.save')}</Button></form>;
}

function NewRule({ tier, onDone }: { tier: Tier; onDone: () => void }) {
  const client = useQueryClient();
  const [v, setV] = useState({ from: todayHere(), pass: Math.round(tier.passMark * 100), attendance: Math.round(tier.minAttendance * 100), rubric: tier.minRubric, days: 7 });
  const save = useMutation({ mutationFn: () => call(setRule, { params: { tierId: tier.id }, body: { from: v.from, passMark: v.pass / 100, minAttendance: v.attendance / 100, minRubric: v.rubric, reportDays: v.days } }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['training'] }); onDone(); } });
  const submit = (e: FormEvent) => { e.preventDefault(); save.mutate(); };
  return (
    <form className="stack" onSubmit={submit}><p className="sub">{t('programme.ruleWhat')}</p><ProblemAlert of={save} />
      <TextInput type="date" label={t('programme.ruleFrom')} value={v.from} onChange={(e) => setV({ ...v, from: e.currentTarget.value })} required />
      <NumberInput label={t('programme.attendance')} suffix=" %" min={0} max={100} value={v.attendance} onChange={(n) => setV({ ...v, attendance: Number(n) })} /><NumberInput label={t('programme.passMark')} suffix=" %" min={0} max={100} value={v.pass} onChange={(n) => setV({ ...v, pass: Number(n) })} />
      {tier.rubric && <NumberInput label={t('programme.minRubric')} min={1} max={4} step={0.5} decimalSeparator="," value={v.rubric} onChange={(n) => setV({ ...v, rubric: Number(n) })} />}
      <NumberInput label={t('programme.reportDays')} min={1} max={60} value={v.days} onChange={(n) => setV({ ...v, days: Number(n) })} />
      <Button type="submit" loading={save.isPending}>{t('programme.saveRule')}</Button></form>
  );
}
