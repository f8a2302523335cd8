import { endGrant, getAccount, grantRole, issueSlips } from '@lantoa/shared/access';
import { removeSecondStep } from '@lantoa/shared/account';
import { printSlips } from '@lantoa/shared/class-papers';
import { getLineage } from '@lantoa/shared/lineage';
import { correctPerson, getPerson } from '@lantoa/shared/organisation';
import type { Person } from '@lantoa/shared/people';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { openFile } from '../../../lib/file.ts';
import { day, moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { SlipSheet } from '../../../ui/slip-sheet.tsx';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { DataRequest } from './data-request.tsx';
import { Merges } from './merges.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

const ROLES = ['unit-admin', 'registrar', 'approver', 'auditor', 'editor', 'reviewer'] as const;

/** One person: who they are, where they work, how they sign in, what they may do, whom they learned from and taught. */
export default function PersonPage({ personId }: { personId: string }) {
  const params = { params: { personId } };
  const may = new Set(useSession()?.permissions);
  const person = useQuery(query(getPerson, params));
  const lineage = useQuery({ ...query(getLineage, params), enabled: may.has('cascade.read') });
  const [editing, setEditing] = useState(false);
  return (
    <Loaded query={person} height={300}>{({ person: p, postings }) => (
      <>
        <Head title={p.name} back="/quan-ly/nguoi" sub={[p.birthYear && t('person.born', { year: p.birthYear }), p.phone && showPhone(p.phone), t('person.code', { code: p.code })].filter(Boolean).join(' · ')}>{may.has('person.write') && <Button variant="outline" onClick={() => setEditing(true)}>{t('person.correct')}</Button>}</Head>
        <div className="grid2">
          <div className="stack">
            <section className="panel"><h2>{t('person.postings')}</h2>{postings.map((x) => <div key={x.id} className="person"><span><strong>{x.position}</strong><br /><span className="sub">{[x.body, x.locality, x.unitName].filter(Boolean).join(', ')}</span></span><span className="sub">{x.until ? `${day(x.from)}–${day(x.until)}` : t('person.since', { day: day(x.from) })}</span></div>)}</section>
            {lineage.data && <section className="panel"><h2>{t('person.lineage')}</h2><p><Link href={`/quan-ly/nguoi/${personId}/lan-toa`}>{t('person.seeLine')}</Link></p>
              <h3>{t('person.learned')}</h3>{lineage.data.learnedIn.length === 0 && <p className="sub">{t('person.learnedNone')}</p>}{lineage.data.learnedIn.map((c) => <div key={c.classId} className="person"><span><Link href={`/quan-ly/lop/${c.classId}`}>{c.title}</Link><br /><span className="sub">{t('person.taughtBy', { names: c.trainers.map((x) => x.name).join(', ') })}</span></span><span className="sub">{day(c.endedOn)}</span></div>)}
              <h3>{t('person.taught', { n: number(lineage.data.descendants) })}</h3>{lineage.data.taught.length === 0 && <p className="sub">{t('person.taughtNone')}</p>}{lineage.data.taught.map((c) => <div key={c.classId} className="person"><span><Link href={`/quan-ly/lop/${c.classId}`}>{c.title}</Link><br /><span className="sub">{t('person.learners', { n: c.learners, passed: c.passed })}</span></span><span className="sub">{day(c.endedOn)}</span></div>)}
            </section>}
          </div>
          <div className="stack"><AccountPanel personId={personId} mayIssue={may.has('slip.issue')} mayGrant={may.has('role.grant')} />{may.has('privacy.run') && <DataRequest personId={personId} />}<Merges personId={personId} mayUndo={may.has('person.write')} /></div>
        </div>
        <Dialog opened={editing} onClose={() => setEditing(false)} title={t('person.correct')}><Correct p={p} onDone={() => setEditing(false)} /></Dialog>
      </>
    )}</Loaded>
  );
}

function AccountPanel({ personId, mayIssue, mayGrant }: { personId: string; mayIssue: boolean; mayGrant: boolean }) {
  const client = useQueryClient();
  const account = useQuery(query(getAccount, { params: { personId } }));
  const refresh = () => client.invalidateQueries({ queryKey: ['access', 'getAccount'] });
  const slip = useMutation({ mutationFn: () => call(issueSlips, { body: { personIds: [personId] } }), onSuccess: refresh });
  const pdf = useMutation({ mutationFn: () => openFile(printSlips, { body: { personIds: [personId] } }, 'phieu-kich-hoat.pdf'), onSuccess: refresh });
  const unlock = useMutation({ mutationFn: () => call(removeSecondStep, { params: { personId } }), onSuccess: refresh });
  const end = useMutation({ mutationFn: (grantId: string) => call(endGrant, { params: { grantId } }), onSuccess: refresh });
  const [role, setRole] = useState<(typeof ROLES)[number]>('unit-admin');
  const [unit, setUnit] = useState<PickedUnit | null>(null);
  const grant = useMutation({ mutationFn: () => call(grantRole, { params: { personId }, body: { role, unitId: unit?.id ?? '' } }), onSuccess: () => { setUnit(null); void refresh(); } });
  return (
    <aside className="stack">
      <section className="panel stack"><h2>{t('account.title')}</h2>
        <Loaded query={account} height={80}>{(a) => <p style={{ margin: 0 }}>{a.activatedAt ? t('account.active', { at: moment(a.activatedAt) }) : a.slipExpiresOn ? t('account.slip', { day: day(a.slipExpiresOn) }) : t('account.none')}</p>}</Loaded>
        {slip.data ? <SlipSheet slips={slip.data.items} /> : mayIssue && <div className="row-s"><Button loading={slip.isPending} onClick={() => slip.mutate()}>{t('account.issue')}</Button><Button variant="subtle" loading={pdf.isPending} onClick={() => pdf.mutate()}>{t('slips.onePdf')}</Button></div>}
        {mayGrant && account.data?.secondStep && <div><Button variant="subtle" color="do" loading={unlock.isPending} onClick={() => unlock.mutate()}>{t('account.removeStep')}</Button></div>}
        <ProblemAlert of={unlock} />
        <ProblemAlert of={pdf} />
        <ProblemAlert of={slip} />
      </section>
      <section className="panel stack"><h2>{t('role.title')}</h2>
        <Loaded query={account} height={60}>{(a) => <div>{a.grants.length === 0 && <p className="sub">{t('role.none')}</p>}{a.grants.map((g) => <div key={g.id} className="person"><span><strong>{t(`role.${g.role}`)}</strong><br /><span className="sub">{g.unitName ?? t('role.everywhere')}{g.until ? ` · ${t('role.until', { day: day(g.until) })}` : ''}</span></span>{mayGrant && !g.until && <button type="button" className="linklike" onClick={() => end.mutate(g.id)}>{t('role.end')}</button>}</div>)}</div>}</Loaded>
        <ProblemAlert of={end} />
        {mayGrant && <><Select label={t('role.give')} value={role} onChange={(v) => v && setRole(v as typeof role)} data={ROLES.map((r) => ({ value: r, label: t(`role.${r}`) }))} allowDeselect={false} /><UnitPicker label={t('role.where')} value={unit} onPick={setUnit} /><ProblemAlert of={grant} /><Button variant="outline" disabled={!unit} loading={grant.isPending} onClick={() => grant.mutate()}>{t('role.giveNow')}</Button></>}
      </section>
    </aside>
  );
}

function Correct({ p, onDone }: { p: Person; onDone: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(p.name);
  const [birthYear, setBirthYear] = useState<number | null>(p.birthYear);
  const [phone, setPhone] = useState(p.phone ? showPhone(p.phone) : '');
  const save = useMutation({ mutationFn: () => call(correctPerson, { params: { personId: p.id }, body: { name, birthYear, sex: p.sex, phone: phone || null, version: p.version } }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['organisation'] }); onDone(); } });
  const submit = (e: FormEvent) => { e.preventDefault(); save.mutate(); };
  return <form className="stack" onSubmit={submit}><ProblemAlert of={save} /><TextInput label={t('person.name')} value={name} onChange={(e) => setName(e.currentTarget.value)} required /><NumberInput label={t('person.birthYear')} value={birthYear ?? ''} hideControls min={1900} max={2100} onChange={(n) => setBirthYear(n === '' ? null : Number(n))} /><TextInput label={t('person.phoneOptional')} value={phone} onChange={(e) => setPhone(e.currentTarget.value)} type="tel" /><Button type="submit" loading={save.isPending}>{t('person.save')}</Button></form>;
}
