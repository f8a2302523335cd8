import { getPlanHelp } from '@lantoa/shared/class-papers';
import { getClass, listClasses, listProgrammes, openClass } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, NumberInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day, span } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { UnitPicker } from '../../../ui/unit-picker.tsx';
import { emptyPlan, keepPlan, keptPlan, type Plan, type PlanHelp, planLike } from './plan.ts';
import { SessionsField } from './sessions-field.tsx';
import { TrainersField } from './trainers-field.tsx';
import { VillagesField } from './villages-field.tsx';

const STEPS = ['tier', 'when', 'where', 'who', 'people', 'check'] as const;

/** A class in six questions, one per page; what was answered stays on this machine until it is saved. */
export default function WizardPage() {
  const [search] = useSearchParams();
  const from = search.get('tu');
  const old = useQuery({ ...query(getClass, { params: { classId: from ?? '' } }), enabled: from !== null });
  if (from && !old.data) return <Loaded query={old}>{() => null}</Loaded>;
  return <Wizard key={from ?? 'new'} start={old.data ? planLike(old.data) : keptPlan()} copied={old.data?.title} />;
}

function Wizard({ start, copied }: { start: Plan; copied: string | undefined }) {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const session = useSession();
  const programmes = useQuery(query(listProgrammes, {}));
  const classes = useQuery(query(listClasses, {}));
  const [step, setStep] = useState(copied ? 1 : 0);
  const [plan, setPlan] = useState<Plan>(start);
  const [key] = useState(newId);
  const set = (more: Partial<Plan>) => { const next = { ...plan, ...more }; setPlan(next); keepPlan(next); };
  const days = plan.sessions.map((s) => s.date).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const tier = programmes.data?.items.flatMap((p) => p.tiers).find((x) => x.id === plan.tierId);
  const me = session?.person;
  const teachesSelf = plan.self && !tier?.openTeaching && me !== null && me !== undefined;
  const trainerIds = [...(teachesSelf ? [me.id] : []), ...plan.trainers.map((x) => x.personId)];
  const help = useHelp(plan, first, last, trainerIds);
  const create = useMutation({
    mutationFn: () => call(openClass, { body: { tierId: plan.tierId, unitId: plan.unit?.id ?? '', title: plan.title || `${tier?.certificateTitle ?? ''}, ${plan.unit?.name ?? ''}`.slice(0, 160), place: plan.place, expected: plan.expected, sessions: plan.sessions, trainers: [...trainerIds.map((personId) => ({ personId })), ...plan.guests], invitations: plan.invitations.map(({ unitName: _n, ...i }) => i) } }, { key }),
    onSuccess: ({ id }) => { keepPlan(null); void client.invalidateQueries({ queryKey: ['training'] }); navigate(`/quan-ly/lop/${id}`); },
  });
  const ready = [plan.tierId !== '', plan.sessions.length > 0 && plan.sessions.every((s) => s.date && s.startsAt < s.endsAt), plan.unit !== null && plan.place.trim() !== '', trainerIds.length + plan.guests.length > 0, plan.expected > 0, true][step];
  const name = STEPS[step] as (typeof STEPS)[number];
  const go = (e: FormEvent) => { e.preventDefault(); if (!ready) return; if (name === 'check') create.mutate(); else setStep(step + 1); };
  const summary = ([['tier', tier ? `${tier.name}: ${tier.certificateTitle}` : ''], ['when', first ? `${span(first, last)} · ${t('wizard.sessions', { n: plan.sessions.length })}` : ''], ['where', [plan.unit?.name, plan.place].filter(Boolean).join(', ')], ['who', [teachesSelf ? me.name : null, ...plan.trainers.map((x) => x.name), ...plan.guests.map((g) => `${g.guestName} (${g.body})`)].filter(Boolean).join(', ')], ['people', `${t('classes.people', { n: plan.expected })}${plan.invitations.length ? ` · ${t('wizard.villages', { n: plan.invitations.length })}` : ''}`]] as const);
  return (
    <>
      <Head title={t('wizard.title')} back="/quan-ly/lop" sub={t('wizard.step', { n: step + 1, of: STEPS.length })}>{(plan.tierId || plan.unit) && <Button variant="subtle" onClick={() => { keepPlan(null); setPlan(emptyPlan()); setStep(0); }}>{t('wizard.anew')}</Button>}</Head>
      {copied && <Alert color="cham">{t('wizard.copied', { title: copied })}</Alert>}
      <div className="grid2">
        <form className="panel stack" style={{ maxWidth: 560 }} onSubmit={go}>
          <h2>{t(`wizard.${name}`)}</h2>
          {name === 'tier' && <Loaded query={programmes}>{({ items }) => <Radio.Group aria-label={t('wizard.tier')} value={plan.tierId} onChange={(tierId) => set({ tierId })}><Stack gap="md">{items.flatMap((p) => p.tiers.map((x) => {
            const allowed = classes.data?.mayOpen.find((m) => m.tierId === x.id)?.allowed ?? false;
            return <Radio key={x.id} value={x.id} disabled={!allowed} label={`${t('classes.tier', { name: x.name })}: ${x.certificateTitle}`} description={allowed ? x.audience : t('wizard.notQualified')} />;
          }))}</Stack></Radio.Group>}</Loaded>}
          {name === 'when' && <SessionsField sessions={plan.sessions} onChange={(sessions) => set({ sessions })} />}
          {name === 'where' && <><UnitPicker label={t('wizard.unit')} asOf={first} value={plan.unit} onPick={(unit) => set({ unit, invitations: [] })} /><TextInput label={t('wizard.place')} value={plan.place} onChange={(e) => set({ place: e.currentTarget.value })} required /></>}
          {name === 'who' && <TrainersField plan={plan} set={set} self={tier?.openTeaching ? null : (me?.name ?? null)} help={help} firstDay={first} />}
          {name === 'people' && <><NumberInput label={t('wizard.expected')} min={1} max={500} value={plan.expected} onChange={(n) => set({ expected: Number(n) || 1 })} /><VillagesField help={help} invitations={plan.invitations} onChange={(invitations) => set({ invitations, ...(invitations.length && { expected: invitations.reduce((sum, i) => sum + i.people, 0) }) })} /><TextInput label={t('wizard.name')} description={t('wizard.nameHint')} value={plan.title} onChange={(e) => set({ title: e.currentTarget.value })} /></>}
          {name === 'check' && <><dl className="stack" style={{ margin: 0 }}>{summary.map(([k, v], i) => <div key={k} className="answered"><dt className="sub">{t(`wizard.${k}`)}</dt><dd><strong>{v}</strong> <button type="button" className="linklike" aria-label={`${t('ui.change')}: ${t(`wizard.${k}`)}`} onClick={() => setStep(i)}>{t('ui.change')}</button></dd></div>)}</dl><p className="sub">{t('wizard.tests')}</p></>}
          {(name === 'when' || name === 'where' || name === 'who' || name === 'check') && <Warnings help={help} />}
          <ProblemAlert of={create} />
          <div className="row-s">{step > 0 && <Button type="button" variant="outline" onClick={() => setStep(step - 1)}>{t('ui.back')}</Button>}<Button type="submit" disabled={!ready} loading={create.isPending}>{t(name === 'check' ? 'wizard.save' : 'ui.continue')}</Button></div>
        </form>
        <aside className="panel hide-small"><h2>{t('wizard.soFar')}</h2><dl className="stack" style={{ margin: 0 }}>{summary.filter(([, v], i) => v && i <= step).map(([k, v]) => <div key={k}><dt className="sub">{t(`wizard.${k}`)}</dt><dd style={{ margin: 0, fontWeight: 700 }}>{v}</dd></div>)}</dl></aside>
      </div>
    </>
  );
}

/** What helps with the plan as it is now; asked a moment after the last change. */
function useHelp(plan: Plan, from: string, until: string, trainerIds: string[]): PlanHelp | undefined {
  const body = { tierId: plan.tierId, unitId: plan.unit?.id ?? null, from, until, place: plan.place, trainerIds };
  const text = JSON.stringify(body);
  const [settled, setSettled] = useState(text);
  useEffect(() => { const timer = setTimeout(() => setSettled(text), 300); return () => clearTimeout(timer); }, [text]);
  const asked = JSON.parse(settled) as typeof body;
  return useQuery({ queryKey: ['training', 'getPlanHelp', settled], queryFn: () => call(getPlanHelp, { body: asked }), enabled: asked.tierId !== '' && asked.from !== '', placeholderData: (before) => before }).data;
}

const Warnings = ({ help }: { help: PlanHelp | undefined }) =>
  help?.warnings.length ? <Alert color="nghe" title={t('wizard.look')}><ul style={{ margin: 0, paddingLeft: 20 }}>{help.warnings.map((w) => <li key={w.code + JSON.stringify(w.params)}>{t(`wizard.warn.${w.code}`, { ...w.params, ...(w.params.from && w.params.until && { days: span(w.params.from, w.params.until) }), ...(w.params.day && { day: day(w.params.day) }) })}</li>)}</ul></Alert> : null;
