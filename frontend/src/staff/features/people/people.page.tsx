import { addPerson, listPeople } from '@lantoa/shared/organisation';
import { showPhone } from '@lantoa/shared/rules/phone';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, NumberInput, Select, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

const PAGE = 50;

export default function PeoplePage() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const page = Number(params.get('trang') ?? '1');
  const [adding, setAdding] = useState(false);
  const session = useSession();
  const people = useQuery({ ...query(listPeople, { query: { ...(q && { q }), limit: PAGE, offset: (page - 1) * PAGE } }), placeholderData: (old) => old });
  return (
    <>
      <Head title={t('people.title')} sub={people.data ? t('people.count', { n: number(people.data.total) }) : undefined}>{session?.permissions.includes('person.write') && <><Button component={Link} variant="outline" href="/quan-ly/nguoi/trung">{t('people.duplicates')}</Button><Button onClick={() => setAdding(true)}>{t('people.add')}</Button></>}</Head>
      <TextInput type="search" label={t('people.find')} value={q} onChange={(e) => setParams(e.currentTarget.value ? { q: e.currentTarget.value } : {}, { replace: true })} />
      <Loaded query={people} height={420}>{({ items, total }) => items.length === 0 ? <Empty>{q ? t('people.noneFor', { q }) : t('people.none')}</Empty> : (
        <section className="panel">
          <div className="hide-small"><Table><Table.Thead><Table.Tr><Table.Th>{t('person.name')}</Table.Th><Table.Th>{t('person.birthYear')}</Table.Th><Table.Th>{t('person.position')}</Table.Th><Table.Th>{t('person.unit')}</Table.Th><Table.Th>{t('person.phone')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>{items.map((p) => <Table.Tr key={p.id}><Table.Td><Link href={`/quan-ly/nguoi/${p.id}`}>{p.name}</Link></Table.Td><Table.Td>{p.birthYear ?? '–'}</Table.Td><Table.Td>{p.position ?? '–'}</Table.Td><Table.Td>{p.unitName ?? '–'}</Table.Td><Table.Td style={{ whiteSpace: 'nowrap' }}>{p.phone ? showPhone(p.phone) : '–'}</Table.Td></Table.Tr>)}</Table.Tbody></Table></div>
          <div className="only-small">{items.map((p) => <div key={p.id} className="person"><span><Link href={`/quan-ly/nguoi/${p.id}`}>{p.name}</Link><br /><span className="sub">{[p.birthYear, p.position, p.unitName].filter(Boolean).join(' · ')}</span></span>{p.phone && <a href={`tel:${p.phone}`} aria-label={t('people.call', { name: p.name })}>{t('people.callShort')}</a>}</div>)}</div>
          {total > PAGE && <nav aria-label={t('people.pages')} style={{ display: 'flex', gap: 8, alignItems: 'center', marginTop: 12 }}><Button size="compact-md" variant="outline" disabled={page <= 1} onClick={() => setParams({ ...(q && { q }), trang: String(page - 1) })}>{t('ui.previous')}</Button><span>{t('people.page', { n: page, of: Math.ceil(total / PAGE) })}</span><Button size="compact-md" variant="outline" disabled={page * PAGE >= total} onClick={() => setParams({ ...(q && { q }), trang: String(page + 1) })}>{t('ui.next')}</Button></nav>}
        </section>
      )}</Loaded>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('people.add')}><Add /></Dialog>
    </>
  );
}

function Add() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [p, setP] = useState({ name: '', birthYear: 1985, sex: 'female' as 'female' | 'male', phone: '', position: '' });
  const [unit, setUnit] = useState<PickedUnit | null>(null);
  const add = useMutation({ mutationFn: () => call(addPerson, { body: { ...p, phone: p.phone || null, unitId: unit?.id ?? '' } }, { key: newId() }), onSuccess: ({ id }) => { void client.invalidateQueries({ queryKey: ['organisation'] }); navigate(`/quan-ly/nguoi/${id}`); } });
  const submit = (e: FormEvent) => { e.preventDefault(); add.mutate(); };
  return (
    <form className="stack" onSubmit={submit}>
      <ProblemAlert of={add} />
      <TextInput label={t('person.name')} value={p.name} onChange={(e) => setP({ ...p, name: e.currentTarget.value })} required />
      <NumberInput label={t('person.birthYear')} value={p.birthYear} min={1920} max={2012} hideControls onChange={(n) => setP({ ...p, birthYear: Number(n) })} />
      <Select label={t('person.sex')} value={p.sex} data={[{ value: 'female', label: t('sex.female') }, { value: 'male', label: t('sex.male') }]} onChange={(v) => setP({ ...p, sex: v === 'male' ? 'male' : 'female' })} allowDeselect={false} />
      <TextInput label={t('person.phoneOptional')} type="tel" value={p.phone} onChange={(e) => setP({ ...p, phone: e.currentTarget.value })} />
      <UnitPicker label={t('person.unit')} value={unit} onPick={setUnit} />
      <TextInput label={t('person.position')} value={p.position} onChange={(e) => setP({ ...p, position: e.currentTarget.value })} required />
      <Button type="submit" loading={add.isPending} disabled={!unit}>{t('people.addOne')}</Button>
    </form>
  );
}
