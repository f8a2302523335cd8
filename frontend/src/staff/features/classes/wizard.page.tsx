import { listPeople } from '@lantoa/shared/organisation';
import { listClasses, listProgrammes, openClass } from '@lantoa/shared/training';
import { addDays } from '@lantoa/shared/rules/days';
import { Button, NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { span, todayHere, weekday } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

interface Plan { tierId: string; unit: PickedUnit | null; title: string; place: string; from: string; days: number; expected: number; self: boolean; trainers: { personId: string; name: string }[]; guests: { guestName: string; body: string }[] }
const STEPS = ['tier', 'when', 'where', 'who', 'people', 'check'] as const;
const HALF_DAYS = [{ part: 'morning', startsAt: '07:30', endsAt: '11:00' }, { part: 'afternoon', startsAt: '13:30', endsAt: '16:30' }] as const;

/** A class in six questions, one per page; at the end a summary where each answer can be changed. */
export default function WizardPage() {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const session = useSession();
  const programmes = useQuery(query(listProgrammes, {}));
  const classes = useQuery(query(listClasses, {}));
  const [step, setStep] = useState(0);
  const [plan, setPlan] = useState<Plan>({ tierId: '', unit: null, title: '', place: '', from: todayHere(), days: 2, expected: 30, self: true, trainers: [], guests: [] });
  const set = (more: Partial<Plan>) => setPlan({ ...plan, ...more });
  const until = addDays(plan.from, plan.days - 1);
  const tiers = programmes.data?.items.flatMap((p) => p.tiers) ?? [];
  const tier = tiers.find((x) => x.id === plan.tierId);
  const me = session?.person;
  const create = useMutation({
    mutationFn: () => call(openClass, { body: {
      tierId: plan.tierId, unitId: plan.unit?.id ?? '', title: plan.title || `${tier?.certificateTitle ?? ''}, ${plan.unit?.name ?? ''}`.slice(0, 160), place: plan.place, expected: plan.expected,
      sessions: Array.from({ length: plan.days }, (_, i) => HALF_DAYS.map((h) => ({ date: addDays(plan.from, i), ...h }))).flat(),
      trainers: [...(plan.self && me && !tier?.openTeaching ? [{ personId: me.id }] : []), ...plan.trainers.map(({ personId }) => ({ personId })), ...plan.guests],
    } }, { key: crypto.randomUUID() }),
    onSuccess: ({ id }) => { void client.invalidateQueries({ queryKey: ['training'] }); navigate(`/quan-ly/lop/${id}`); },
  });
  const ready = [plan.tierId !== '', plan.from !== '' && plan.days > 0, plan.unit !== null && plan.place.trim() !== '', (plan.self && !tier?.openTeaching) || plan.trainers.length + plan.guests.length > 0, plan.expected > 0, true][step];
  const name = STEPS[step] as (typeof STEPS)[number];
  const go = (e: FormEvent) => { e.preventDefault(); if (!ready) return; if (name === 'check') create.mutate(); else setStep(step + 1); };
  return (
    <>
      <Head title={t('wizard.title')} back="/quan-ly/lop" sub={t('wizard.step', { n: step + 1, of: STEPS.length })} />
      <form className="panel stack" style={{ maxWidth: 560 }} onSubmit={go}>
        <h2>{t(`wizard.${name}`)}</h2>
        {name === 'tier' && <Loaded query={programmes}>{({ items }) => <Radio.Group aria-label={t('wizard.tier')} value={plan.tierId} onChange={(tierId) => set({ tierId })}><Stack gap="md">{items.flatMap((p) => p.tiers.map((x) => {
          const allowed = classes.data?.mayOpen.find((m) => m.tierId === x.id)?.allowed ?? false;
          return <Radio key={x.id} value={x.id} disabled={!allowed} label={`${t('classes.tier', { name: x.name })}: ${x.certificateTitle}`} description={allowed ? x.audience : t('wizard.notQualified')} />;
        }))}</Stack></Radio.Group>}</Loaded>}
        {name === 'when' && <><TextInput type="date" label={t('wizard.firstDay')} value={plan.from} onChange={(e) => set({ from: e.currentTarget.value })} required /><NumberInput label={t('wizard.days')} min={1} max={5} value={plan.days} onChange={(n) => set({ days: Number(n) || 1 })} /><p className="sub">{t('wizard.halfDays')}</p></>}
        {name === 'where' && <><UnitPicker label={t('wizard.unit')} asOf={plan.from} value={plan.unit} onPick={(unit) => set({ unit })} /><TextInput label={t('wizard.place')} value={plan.place} onChange={(e) => set({ place: e.currentTarget.value })} placeholder={t('wizard.placeHint')} required /></>}
        {name === 'who' && <Trainers plan={plan} set={set} self={tier?.openTeaching ? null : (me?.name ?? null)} />}
        {name === 'people' && <><NumberInput label={t('wizard.expected')} min={1} max={500} value={plan.expected} onChange={(n) => set({ expected: Number(n) || 1 })} /><TextInput label={t('wizard.name')} description={t('wizard.nameHint')} value={plan.title} onChange={(e) => set({ title: e.currentTarget.value })} /></>}
        {name === 'check' && <dl className="stack" style={{ margin: 0 }}>{([['tier', `${tier?.name}: ${tier?.certificateTitle}`], ['when', `${weekday(plan.from)} · ${span(plan.from, until)}`], ['where', `${plan.unit?.name}, ${plan.place}`], ['who', [plan.self && !tier?.openTeaching ? me?.name : null, ...plan.trainers.map((x) => x.name), ...plan.guests.map((g) => `${g.guestName} (${g.body})`)].filter(Boolean).join(', ')], ['people', t('classes.people', { n: plan.expected })]] as const).map(([k, v], i) => <div key={k} style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}><div><dt className="sub">{t(`wizard.${k}`)}</dt><dd style={{ margin: 0, fontWeight: 700 }}>{v}</dd></div><button type="button" className="linklike" aria-label={`${t('ui.change')}: ${t(`wizard.${k}`)}`} onClick={() => setStep(i)}>{t('ui.change')}</button></div>)}</dl>}
        <ProblemAlert of={create} />
        <div style={{ display: 'flex', gap: 8 }}>{step > 0 && <Button type="button" variant="outline" onClick={() => setStep(step - 1)}>{t('ui.back')}</Button>}<Button type="submit" disabled={!ready} loading={create.isPending}>{t(name === 'check' ? 'wizard.save' : 'ui.continue')}</Button></div>
      </form>
    </>
  );
}

function Trainers({ plan, set, self }: { plan: Plan; set: (more: Partial<Plan>) => void; self: string | null }) {
  const [q, setQ] = useState('');
  const [guest, setGuest] = useState({ guestName: '', body: '' });
  const session = useSession();
  const mayRead = session?.permissions.includes('person.read') ?? false;
  const people = useQuery({ ...query(listPeople, { query: { q, limit: 6 } }), enabled: mayRead && q.trim().length > 1 });
  return (
    <>
      {self && <label style={{ display: 'flex', gap: 12, alignItems: 'center', minHeight: 40 }}><input type="checkbox" checked={plan.self} onChange={(e) => set({ self: e.target.checked })} />{t('wizard.self', { name: self })}</label>}
      {plan.trainers.map((x) => <div key={x.personId} className="person"><strong>{x.name}</strong><button type="button" className="linklike" onClick={() => set({ trainers: plan.trainers.filter((y) => y !== x) })}>{t('ui.remove')}</button></div>)}
      {plan.guests.map((g) => <div key={g.guestName} className="person"><span><strong>{g.guestName}</strong><br /><span className="sub">{t('wizard.guestOf', { body: g.body })}</span></span><button type="button" className="linklike" onClick={() => set({ guests: plan.guests.filter((y) => y !== g) })}>{t('ui.remove')}</button></div>)}
      {mayRead && <><TextInput label={t('wizard.findTrainer')} value={q} onChange={(e) => setQ(e.currentTarget.value)} />{people.data?.items.map((p) => <button key={p.id} type="button" className="linklike" onClick={() => { set({ trainers: [...plan.trainers, { personId: p.id, name: p.name }] }); setQ(''); }}>{t('wizard.add', { name: p.name, unit: p.unitName ?? '' })}</button>)}</>}
      <div className="stack"><TextInput label={t('wizard.guestName')} value={guest.guestName} onChange={(e) => setGuest({ ...guest, guestName: e.currentTarget.value })} /><TextInput label={t('wizard.guestBody')} value={guest.body} onChange={(e) => setGuest({ ...guest, body: e.currentTarget.value })} /><Button type="button" variant="outline" disabled={!guest.guestName.trim() || !guest.body.trim()} onClick={() => { set({ guests: [...plan.guests, guest] }); setGuest({ guestName: '', body: '' }); }}>{t('wizard.addGuest')}</Button></div>
    </>
  );
}
