import { type ChangeImpact, type ChangeProblem, previewUnitChange, recordUnitChange } from '@lantoa/shared/unit-changes';
import { Alert, Button, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';
import { CHANGE_KINDS, type ChangeDraft, type ChangeKind, changeOfDraft, emptyDraft, newPart, type Part } from './change-draft.ts';

/** A change of units in one sheet: what, which, when, and afterwards; then what it would do, in numbers, before anything is written. */
export default function ChangeFormPage() {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [draft, setDraft] = useState<ChangeDraft>(() => emptyDraft('merge'));
  const [typed, setTyped] = useState('');
  const change = changeOfDraft(draft);
  const look = useMutation({ mutationFn: () => call(previewUnitChange, { body: change as NonNullable<typeof change> }) });
  const write = useMutation({
    mutationFn: () => call(recordUnitChange, { body: change as NonNullable<typeof change> }),
    onSuccess: ({ id, toPlace }) => { void client.invalidateQueries({ queryKey: ['organisation'] }); navigate(toPlace ? `/quan-ly/don-vi/thay-doi/${id}/nguoi` : '/quan-ly/don-vi/thay-doi'); },
  });
  const set = (more: Partial<ChangeDraft>) => { setDraft({ ...draft, ...more }); look.reset(); setTyped(''); };
  const checked = look.data && look.data.problems.length === 0 ? look.data.impact : undefined;
  return (
    <>
      <Head title={t('change.new')} back="/quan-ly/don-vi/thay-doi" sub={t('change.sub')} />
      <div className="grid2">
        <form className="stack" onSubmit={(e) => { e.preventDefault(); if (change) look.mutate(); }}>
          <section className="panel"><Radio.Group label={t('change.kind')} value={draft.kind} onChange={(k) => { const kind = k as ChangeKind; look.reset(); setDraft({ ...emptyDraft(kind), on: draft.on, document: draft.document, note: draft.note, units: kind === 'merge' ? draft.units : draft.units.slice(0, 1) }); }}><Stack gap="sm" mt={8}>{CHANGE_KINDS.map((k) => <Radio key={k} value={k} label={t(`change.kind.${k}`)} description={t(`change.kind.${k}.what`)} />)}</Stack></Radio.Group></section>
          <section className="panel stack"><h2>{t('change.when')}</h2>
            <TextInput type="date" label={t('change.on')} value={draft.on} onChange={(e) => set({ on: e.currentTarget.value })} required />
            <TextInput label={t('change.document')} value={draft.document} onChange={(e) => set({ document: e.currentTarget.value })} maxLength={120} required />
            <TextInput label={t('change.note')} value={draft.note} onChange={(e) => set({ note: e.currentTarget.value })} maxLength={300} /></section>
          {draft.kind !== 'open' && <Which draft={draft} onChange={set} />}
          {draft.kind !== 'close' && <Afterwards draft={draft} onChange={set} />}
          <ProblemAlert of={look} />
          {look.data?.problems.map((p) => <Alert key={p.code + JSON.stringify(p.params)} color="do" role="alert">{problemSentence(p)}</Alert>)}
          {!checked && <div><Button type="submit" loading={look.isPending} disabled={!change}>{t('change.preview')}</Button></div>}
        </form>
        {checked && <section className="panel stack stays" aria-live="polite"><h2>{t('change.look')}</h2><Impact impact={checked} on={draft.on} />
          <TextInput label={t('change.confirm', { word: t('change.word') })} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} autoComplete="off" />
          <ProblemAlert of={write} />
          <div className="row-s"><Button disabled={typed.trim().toLowerCase() !== t('change.word')} loading={write.isPending} onClick={() => write.mutate()}>{t('change.write')}</Button><Button variant="outline" onClick={() => look.reset()}>{t('change.back')}</Button></div></section>}
      </div>
    </>
  );
}

const problemSentence = (p: ChangeProblem): string => t(`change.problem.${p.code}`, Object.fromEntries(Object.entries(p.params).map(([k, v]) => [k, k === 'day' ? day(String(v)) : v])));

function Which({ draft, onChange }: { draft: ChangeDraft; onChange: (more: Partial<ChangeDraft>) => void }) {
  const several = draft.kind === 'merge';
  const add = (u: PickedUnit) => onChange({ units: several ? [...draft.units.filter((x) => x.id !== u.id), u] : [u] });
  return (
    <section className="panel stack"><h2>{t('change.which')}</h2>
      {several && draft.units.length > 0 && <ul className="tasks">{draft.units.map((u) => <li key={u.id}><div><span>{u.name}</span><Button type="button" variant="subtle" size="compact-md" aria-label={t('change.remove', { name: u.name })} onClick={() => onChange({ units: draft.units.filter((x) => x.id !== u.id), into: draft.into === u.id ? null : draft.into })}>×</Button></div></li>)}</ul>}
      <UnitPicker key={draft.units.length} label={t(several ? 'change.add' : 'change.unit')} asOf={draft.on || undefined} value={several ? null : (draft.units[0] ?? null)} onPick={add} />
    </section>
  );
}

function Afterwards({ draft, onChange }: { draft: ChangeDraft; onChange: (more: Partial<ChangeDraft>) => void }) {
  const { kind, parts } = draft;
  // What a unit is split into mostly stays in one place: the first answer stands for all that have none.
  const setPart = (key: string, more: Partial<Part>) => onChange({ parts: parts.map((p) => (p.key === key ? { ...p, ...more } : more.parent && !p.parent ? { ...p, parent: more.parent } : p)) });
  const named = kind === 'rename' || (kind === 'merge' && draft.into !== null);
  const fresh = kind === 'open' || kind === 'split' || (kind === 'merge' && draft.into === null);
  return (
    <section className="panel stack"><h2>{t('change.then')}</h2>
      {kind === 'merge' && draft.units.length > 1 && <Radio.Group label={t('change.into')} value={draft.into ?? ''} onChange={(v) => onChange({ into: v || null })}><Stack gap="sm" mt={8}><Radio value="" label={t('change.intoNew')} />{draft.units.map((u) => <Radio key={u.id} value={u.id} label={t('change.intoOne', { name: u.name })} />)}</Stack></Radio.Group>}
      {named && <TextInput label={t('change.newName')} value={draft.name} onChange={(e) => onChange({ name: e.currentTarget.value })} maxLength={120} required={kind === 'rename'} />}
      {kind === 'move' && <UnitPicker label={t('change.newParent')} asOf={draft.on || undefined} value={draft.parent} onPick={(parent) => onChange({ parent })} />}
      {(named || kind === 'move') && <TextInput label={t('change.newCode')} value={draft.code} onChange={(e) => onChange({ code: e.currentTarget.value })} maxLength={12} />}
      {fresh && parts.map((p, i) => <PartFields key={p.key} part={p} asOf={draft.on} title={kind === 'split' ? t('change.part', { n: i + 1 }) : null} localities={kind === 'split'} onChange={(more) => setPart(p.key, more)} />)}
      {kind === 'split' && <div><Button type="button" variant="subtle" onClick={() => onChange({ parts: [...parts, newPart(parts[0]?.parent ?? null)] })}>{t('change.anotherPart')}</Button></div>}
    </section>
  );
}

function PartFields({ part, asOf, title, localities, onChange }: { part: Part; asOf: string; title: string | null; localities: boolean; onChange: (more: Partial<Part>) => void }) {
  const kinds = ['province', 'district', 'commune', 'village', 'office', 'school'].map((k) => ({ value: k, label: t(`unitKind.${k}`) }));
  const fields = (
    <>
      <TextInput label={t('change.newName')} value={part.name} onChange={(e) => onChange({ name: e.currentTarget.value })} maxLength={120} required />
      <Select label={t('change.unitKind')} value={part.kind} data={kinds} allowDeselect={false} onChange={(v) => onChange({ kind: (v ?? 'commune') as Part['kind'] })} />
      <UnitPicker label={t('change.parent')} asOf={asOf || undefined} value={part.parent} onPick={(parent) => onChange({ parent })} />
      <TextInput label={t('change.code')} value={part.code} onChange={(e) => onChange({ code: e.currentTarget.value })} maxLength={12} />
      {localities && <Textarea label={t('change.localities')} description={t('change.localitiesWhat')} value={part.localities} onChange={(e) => onChange({ localities: e.currentTarget.value })} autosize minRows={2} maxRows={8} />}
    </>
  );
  return title ? <fieldset className="panel stack" style={{ margin: 0 }}><legend><strong>{title}</strong></legend>{fields}</fieldset> : fields;
}

/** What a change would do, as sentences with numbers. */
function Impact({ impact, on }: { impact: ChangeImpact; on: string }) {
  const names = (list: readonly string[]) => list.join(', ');
  const rows = [
    impact.closes.length > 0 && t('change.impact.closes', { day: day(on), names: names(impact.closes) }),
    impact.opens.length > 0 && t('change.impact.opens', { names: names(impact.opens) }),
    impact.follows.length > 0 && t('change.impact.follows', { names: names(impact.follows) }),
    impact.postings > 0 && t('change.impact.postings', { n: number(impact.postings) }),
    impact.toPlace > 0 && t('change.impact.toPlace', { n: number(impact.toPlace) }),
    ...Object.entries(impact.counts).map(([k, n]) => n > 0 && t(`change.impact.${k}`, { n: number(n) })),
    t('change.impact.past', { day: day(on) }),
  ].filter((x): x is string => typeof x === 'string');
  return <ul style={{ margin: 0, paddingLeft: 20 }}>{rows.map((r) => <li key={r}>{r}</li>)}</ul>;
}
