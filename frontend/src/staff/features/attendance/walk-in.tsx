import { addEnrolment, getClass } from '@lantoa/shared/training';
import { Alert, Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { perform } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

/** Somebody who came without being on the list. They are let in at once; who they are can be settled later. */
export function WalkIn({ classId, onDone }: { classId: string; onDone: () => void }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  const [p, setP] = useState({ name: '', birthYear: 1985, phone: '', position: '' });
  const [unit, setUnit] = useState<PickedUnit | null>(null);
  const [id] = useState(newId);
  const personId = useSession()?.person?.id ?? '';
  const add = useMutation({ mutationFn: () => perform(personId, addEnrolment, { params: { classId }, body: { id, ...p, position: p.position || t('attendance.learner'), phone: p.phone || null, unitId: unit?.id ?? '' } }, p.name) });
  const submit = (e: FormEvent) => { e.preventDefault(); if (unit) add.mutate(); };
  if (add.isSuccess && !add.data) return <div className="stack"><Alert color="nghe">{t('attendance.addedHere', { name: p.name })}</Alert><Button onClick={onDone}>{t('ui.close')}</Button></div>;
  if (add.data) return <div className="stack"><Alert color={add.data.toMatch ? 'nghe' : 'rung'}>{t(add.data.toMatch ? 'attendance.addedToMatch' : 'attendance.added', { name: add.data.name })}</Alert><Button onClick={onDone}>{t('ui.close')}</Button></div>;
  return <form className="stack" onSubmit={submit}><ProblemAlert of={add} /><TextInput label={t('person.name')} value={p.name} onChange={(e) => setP({ ...p, name: e.currentTarget.value })} required /><NumberInput label={t('person.birthYear')} value={p.birthYear} min={1920} max={2012} onChange={(n) => setP({ ...p, birthYear: Number(n) })} required /><UnitPicker label={t('person.unit')} asOf={cls.data?.startsOn} value={unit} onPick={setUnit} without={cls.data && { id: cls.data.unitId, name: cls.data.unitName }} /><TextInput label={t('person.position')} value={p.position} onChange={(e) => setP({ ...p, position: e.currentTarget.value })} /><TextInput label={t('person.phoneOptional')} value={p.phone} onChange={(e) => setP({ ...p, phone: e.currentTarget.value })} type="tel" /><Button type="submit" loading={add.isPending} disabled={!unit}>{t('attendance.add')}</Button></form>;
}
