import { type Indicator, indicatorMeasures, type IndicatorSet, listIndicatorSets, saveIndicatorSet } from '@lantoa/shared/reports';
import type { Programme } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, moment, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** The indicators that a programme reports, version by version; a new one holds from a day and leaves the past as it was reported. */
export function IndicatorSets({ programme, mayEdit }: { programme: Programme; mayEdit: boolean }) {
  const params = { params: { programmeId: programme.id } };
  const sets = useQuery(query(listIndicatorSets, params));
  const [editing, setEditing] = useState(false);
  const period = (s: IndicatorSet) => (s.until ? t('set.period', { from: day(s.from), until: day(s.until) }) : t('set.since', { from: day(s.from) }));
  return (
    <Loaded query={sets}>{({ items }) => (
      <section className="panel stack no-print"><h2 style={{ margin: 0 }}>{t('set.title')}</h2><p className="sub">{t('set.sub')}</p>
        {items.map((s) => <details key={s.id ?? 'usual'}><summary>{s.name} · {period(s)} · {t('set.count', { n: s.indicators.length })}</summary>{s.madeBy && <p className="sub">{t('set.by', { name: s.madeBy, at: moment(s.madeAt ?? '') })}</p>}<ul className="bare">{s.indicators.map((i) => <li key={i.code} className="person"><span>{i.name}<br /><span className="sub">{t(`measure.${i.measure}`)}{i.tier ? ` · ${t('classes.tier', { name: programme.tiers[i.tier - 1]?.name ?? '' })}` : ''}</span></span><code>{i.code}</code></li>)}</ul></details>)}
        {mayEdit && <div><Button variant="outline" onClick={() => setEditing(true)}>{t('set.edit')}</Button></div>}
        {editing && <Dialog opened onClose={() => setEditing(false)} title={t('set.edit')} size="xl"><Form programme={programme} now={items[0] as IndicatorSet} onDone={() => setEditing(false)} /></Dialog>}
      </section>
    )}</Loaded>
  );
}

function Form({ programme, now, onDone }: { programme: Programme; now: IndicatorSet; onDone: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(now.name);
  const [from, setFrom] = useState(todayHere());
  const [rows, setRows] = useState<(Indicator & { key: string })[]>(now.indicators.map((i) => ({ ...i, key: i.code })));
  const save = useMutation({ mutationFn: () => call(saveIndicatorSet, { params: { programmeId: programme.id }, body: { name, from, indicators: rows.map(({ key: _, ...i }) => i) } }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['reports'] }); onDone(); } });
  const change = (key: string, more: Partial<Indicator>) => setRows(rows.map((r) => (r.key === key ? { ...r, ...more } : r)));
  const tiers = [{ value: '', label: t('table.allTiers') }, ...programme.tiers.map((x) => ({ value: String(x.position), label: t('classes.tier', { name: x.name }) }))];
  const submit = (e: FormEvent) => { e.preventDefault(); save.mutate(); };
  return (
    <form className="stack" onSubmit={submit}>
      <ProblemAlert of={save} />
      <div className="filters"><TextInput label={t('set.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} required maxLength={120} /><TextInput type="date" label={t('set.from')} value={from} onChange={(e) => setFrom(e.currentTarget.value)} required /></div>
      {rows.map((r) => (
        <fieldset key={r.key} className="indicator"><legend className="unseen">{r.name}</legend>
          <TextInput label={t('set.code')} value={r.code} onChange={(e) => change(r.key, { code: e.currentTarget.value })} required pattern="[A-Za-z0-9_.\-]{1,50}" /><TextInput label={t('set.indicator')} value={r.name} onChange={(e) => change(r.key, { name: e.currentTarget.value })} required maxLength={160} />
          <Select label={t('set.measure')} value={r.measure} data={indicatorMeasures.map((m) => ({ value: m, label: t(`measure.${m}`) }))} onChange={(v) => v && change(r.key, { measure: v as Indicator['measure'] })} allowDeselect={false} /><Select label={t('table.tier')} value={r.tier ? String(r.tier) : ''} data={tiers} onChange={(v) => change(r.key, { tier: v ? Number(v) : null })} allowDeselect={false} />
          <Button variant="subtle" color="do" onClick={() => setRows(rows.filter((x) => x.key !== r.key))} aria-label={t('set.remove', { name: r.name })}>{t('ui.remove')}</Button>
        </fieldset>
      ))}
      <div className="row-s"><Button variant="outline" onClick={() => setRows([...rows, { key: newId(), code: '', name: '', measure: 'passed', tier: null }])}>{t('set.add')}</Button><Button type="submit" loading={save.isPending} disabled={!rows.length}>{t('set.save')}</Button></div>
    </form>
  );
}
