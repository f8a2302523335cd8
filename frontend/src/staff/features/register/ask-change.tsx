import { askChange, type ChangeAct, reasonsOf, type RegisterLine } from '@lantoa/shared/register';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, NumberInput, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Asks for a change of a certificate: why, by which decision, and the number typed again. A second person decides. */
export function AskChange({ act, entry, onClose }: { act: ChangeAct; entry: RegisterLine; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState({ registerNo: '', reason: '', note: '', decisionNo: '' });
  const [wording, setWording] = useState({ holderName: entry.holderName, birthYear: entry.birthYear, sex: entry.sex, unitName: entry.unitName });
  const ask = useMutation({ mutationFn: () => call(askChange, { params: { entryId: entry.id }, body: { act, ...form, wording: act === 'correct' ? wording : null } }, { key: newId() }), onSuccess: () => { onClose(); void client.invalidateQueries({ queryKey: ['register'] }); } });
  const set = (k: keyof typeof form) => (e: { currentTarget: { value: string } }) => setForm({ ...form, [k]: e.currentTarget.value });
  return (
    <Dialog opened onClose={onClose} title={t(`change.${act}`)} size="lg">
      <form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); ask.mutate(); }}>
        <p className="sub">{t(`change.${act}.about`)}</p>
        <Radio.Group label={t('why.title')} value={form.reason} onChange={(reason) => setForm({ ...form, reason })}><Stack gap="xs" mt={4}>{reasonsOf[act].map((r) => <Radio key={r} value={r} label={t(`reason.${r}`)} />)}</Stack></Radio.Group>
        {act === 'correct' && <div className="filters"><TextInput label={t('register.holder')} value={wording.holderName} onChange={(e) => setWording({ ...wording, holderName: e.currentTarget.value })} required /><TextInput label={t('register.unit')} value={wording.unitName} onChange={(e) => setWording({ ...wording, unitName: e.currentTarget.value })} required /><NumberInput label={t('register.birth')} value={wording.birthYear ?? ''} min={1900} max={2100} onChange={(v) => setWording({ ...wording, birthYear: v === '' ? null : Number(v) })} /><Select label={t('person.sex')} value={wording.sex ?? ''} data={[{ value: '', label: '–' }, { value: 'female', label: t('sex.female') }, { value: 'male', label: t('sex.male') }]} onChange={(v) => setWording({ ...wording, sex: v === 'female' || v === 'male' ? v : null })} /></div>}
        <Textarea label={t('change.note')} description={t('change.noteHint')} value={form.note} onChange={set('note')} autosize minRows={2} required />
        <TextInput label={t('award.decisionNo')} value={form.decisionNo} onChange={set('decisionNo')} required />
        <TextInput label={t('change.typeNumber', { no: entry.registerNo ?? '' })} value={form.registerNo} onChange={set('registerNo')} autoComplete="off" required />
        <ProblemAlert of={ask} />
        <Button type="submit" color={act === 'revoke' ? 'do' : undefined} disabled={!form.reason || form.note.trim().length < 5 || form.registerNo.trim() !== entry.registerNo} loading={ask.isPending}>{t('change.ask')}</Button>
      </form>
    </Dialog>
  );
}
