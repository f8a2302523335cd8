import type { RosterDecision, RosterRow } from '@lantoa/shared/training';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { UnitPicker } from '../../../ui/unit-picker.tsx';

const LOOK = { ready: 'ok', check: 'warn', error: 'bad', skipped: '' } as const;

interface Props { row: RosterRow; rows: readonly RosterRow[]; several: boolean; busy: boolean; onDecide: (decisions: RosterDecision[]) => void }

/** A row of the roster: what was understood, what is wrong, and the ways to mend it. */
export function RowCard({ row, rows, several, busy, onDecide }: Props) {
  const [editing, setEditing] = useState(false);
  const decide = (d: Omit<RosterDecision, 'line'>) => onDecide([{ line: row.line, ...d }]);
  const alike = rows.filter((r) => r.unit === row.unit && r.unitId === null);
  const say = (problem: string) => t(`row.${problem}`, { phone: row.phoneTyped ?? '', unit: row.unit, year: row.birthYear ?? '', same: rows.find((r) => r.line === row.sameAs)?.row ?? '', typed: row.typedName ?? row.name, name0: row.name, name: row.person?.name ?? '' });
  return (
    <article className="panel" aria-label={t('row.label', { n: row.row, name: row.name })} id={`dong-${row.line}`}>
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, flexWrap: 'wrap' }}><strong>{row.row}. {row.name || '—'}{several && <span className="sub"> · {row.sheet}</span>}</strong><span className={`tag ${LOOK[row.state]}`}>{t(`rowState.${row.state}`)}{row.person && row.state === 'ready' ? ` · ${t('row.known')}` : ''}</span></div>
      <p className="sub">{[row.birthYear, row.sex && t(`sex.${row.sex}`), row.position, row.unitName && row.unitName !== row.unit ? t('row.unitRead', { typed: row.unit, read: row.unitName }) : row.unit, row.phone ? showPhone(row.phone) : row.phoneTyped].filter(Boolean).join(' · ')}</p>
      {row.problems.map((p) => <p key={p} style={{ margin: 0 }}>{say(p)}</p>)}
      {row.problems.includes('person-maybe') && row.person && <div className="stack"><strong>{t('row.same')}</strong><div className="side-by-side"><div><p className="sub">{t('row.inFile')}</p><strong>{row.name}</strong><p className="sub">{[row.birthYear, row.unitName ?? row.unit, row.phone && showPhone(row.phone)].filter(Boolean).join(' · ')}</p></div>{row.candidates.map((k) => <div key={k.id}><p className="sub">{t('row.inSystem')}</p><strong>{k.name}</strong><p className="sub">{[k.birthYear, k.unitName, k.phone && showPhone(k.phone)].filter(Boolean).join(' · ')}</p><Button size="compact-md" disabled={busy} onClick={() => decide({ person: k.id })}>{t('row.useKnown')}</Button></div>)}</div><div><Button size="compact-md" variant="outline" disabled={busy} onClick={() => decide({ person: 'new' })}>{t('row.addNew')}</Button></div></div>}
      {row.unitSuggestions.length > 0 && <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>{row.unitSuggestions.map((u) => <Button key={u.unitId} size="compact-md" variant="outline" disabled={busy} onClick={() => onDecide(alike.map((r) => ({ line: r.line, unitId: u.unitId })))}>{alike.length > 1 ? t('row.unitAll', { name: u.name, n: alike.length }) : u.name}</Button>)}</div>}
      {row.problems.includes('duplicate-row') && <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}><Button size="compact-md" disabled={busy} onClick={() => decide({ skip: true })}>{t('row.skip')}</Button><Button size="compact-md" variant="outline" disabled={busy} onClick={() => decide({ keepBoth: true, person: 'new' })}>{t('row.keepBoth')}</Button></div>}
      {row.problems.includes('birth-year-odd') && row.birthYear !== null && row.state === 'check' && <Button size="compact-md" variant="outline" disabled={busy} style={{ justifySelf: 'start' }} onClick={() => decide({ birthYear: row.birthYear as number })}>{t('row.yearRight', { year: row.birthYear })}</Button>}
      <div style={{ display: 'flex', gap: 16 }}>
        {row.state !== 'skipped' && <button type="button" className="linklike" onClick={() => setEditing(!editing)}>{t('row.edit')}</button>}
        {row.state !== 'ready' && <button type="button" className="linklike" disabled={busy} onClick={() => decide({ skip: row.state !== 'skipped' })}>{t(row.state === 'skipped' ? 'row.unskip' : 'row.skip')}</button>}
      </div>
      {editing && <Editor row={row} busy={busy} onSave={(d) => { decide(d); setEditing(false); }} />}
    </article>
  );
}

function Editor({ row, busy, onSave }: { row: RosterRow; busy: boolean; onSave: (d: Omit<RosterDecision, 'line'>) => void }) {
  const [name, setName] = useState(row.name);
  const [birthYear, setBirthYear] = useState<number | ''>(row.birthYear ?? '');
  const [phone, setPhone] = useState(row.phoneTyped ?? '');
  const [unit, setUnit] = useState(row.unitId && row.unitName ? { id: row.unitId, name: row.unitName } : null);
  const save = () => onSave({ ...(name !== row.name && { name }), ...(birthYear !== '' && birthYear !== row.birthYear && { birthYear }), ...(phone !== (row.phoneTyped ?? '') && { phone: phone || null }), ...(unit && unit.id !== row.unitId && { unitId: unit.id }) });
  return <div className="stack"><TextInput label={t('person.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} /><NumberInput label={t('person.birthYear')} value={birthYear} min={1900} max={2100} hideControls onChange={(n) => setBirthYear(n === '' ? '' : Number(n))} /><TextInput label={t('person.phone')} value={phone} onChange={(e) => setPhone(e.currentTarget.value)} /><UnitPicker label={t('person.unit')} value={unit} onPick={setUnit} /><div><Button size="compact-md" disabled={busy} onClick={save}>{t('row.save')}</Button></div></div>;
}
