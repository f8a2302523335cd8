import { approveBatch, type Batch, getEligibility, listBatches, prepareBatch, printBatch } from '@lantoa/shared/awarding';
import { Alert, Button, Progress, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Certificates in batches: one person prepares, another approves, and only then numbers are taken. */
export default function AwardingPage() {
  const may = new Set(useSession()?.permissions);
  const batches = useQuery({ ...query(listBatches, {}), refetchInterval: (q) => (q.state.data?.items.some((b) => b.status === 'approved' && b.papersReady < b.certificates) ? 2000 : false) });
  const [preparing, setPreparing] = useState<{ classId: string; title: string }>();
  return (
    <>
      <Head title={t('award.title')} sub={t('award.sub')} />
      <Loaded query={batches} height={320}>{({ items, ready }) => (
        <>
          {ready.length > 0 && <section className="panel"><h2>{t('award.ready')}</h2>{ready.map((c) => <div key={c.classId} className="person"><span><strong>{c.title}</strong><br /><span className="sub">{c.code} · {t('award.eligible', { n: c.eligible })}</span></span>{may.has('batch.prepare') && <Button onClick={() => setPreparing(c)}>{t('award.prepare')}</Button>}</div>)}</section>}
          {items.length === 0 && ready.length === 0 && <Empty>{t('award.empty')}</Empty>}
          <div className="cards">{items.map((b) => <BatchCard key={b.id} b={b} />)}</div>
        </>
      )}</Loaded>
      <Dialog opened={preparing !== undefined} onClose={() => setPreparing(undefined)} title={t('award.prepare')} size="lg">{preparing && <Prepare classId={preparing.classId} title={preparing.title} onDone={() => setPreparing(undefined)} />}</Dialog>
    </>
  );
}

function BatchCard({ b }: { b: Batch }) {
  const client = useQueryClient();
  const approve = useMutation({ mutationFn: () => call(approveBatch, { params: { batchId: b.id } }, { key: crypto.randomUUID() }), onSuccess: () => client.invalidateQueries() });
  const making = b.status === 'approved' && b.papersReady < b.certificates;
  return (
    <article className="panel">
      <div style={{ display: 'flex', justifyContent: 'space-between', gap: 12, flexWrap: 'wrap' }}><strong>{b.classTitle}</strong><span className={`tag ${b.status === 'approved' ? 'ok' : 'warn'}`}>{t(`award.${b.status}`)}</span></div>
      <p className="sub">{b.classCode} · {t('award.count', { n: b.certificates })} · {t('award.decision', { no: b.decisionNo, day: day(b.issuedOn) })}</p>
      <p className="sub">{t('award.by', { name: b.preparedBy })}{b.approvedBy ? ` · ${t('award.approvedBy', { name: b.approvedBy })}` : ''}</p>
      {b.firstNo && <p style={{ margin: 0 }}>{b.firstNo === b.lastNo ? b.firstNo : t('award.numbers', { first: b.firstNo, last: b.lastNo ?? '' })}</p>}
      {making && <><Progress value={(100 * b.papersReady) / b.certificates} aria-label={t('award.making', { n: b.papersReady, of: b.certificates })} /><p className="sub">{t('award.making', { n: b.papersReady, of: b.certificates })}</p></>}
      <ProblemAlert of={approve} />
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>
        {b.mayApprove && <Button loading={approve.isPending} onClick={() => approve.mutate()}>{t('award.approve', { n: b.certificates })}</Button>}
        {b.status === 'prepared' && !b.mayApprove && <Alert color="cham">{t('award.second')}</Alert>}
        {b.status === 'approved' && <Button component="a" variant="outline" href={addressOf(printBatch, { params: { batchId: b.id } })} target="_blank">{t('award.print')}</Button>}
      </div>
    </article>
  );
}

function Prepare({ classId, title, onDone }: { classId: string; title: string; onDone: () => void }) {
  const client = useQueryClient();
  const candidates = useQuery(query(getEligibility, { params: { classId } }));
  const [form, setForm] = useState({ decisionNo: '', issuedOn: todayHere(), signerTitle: 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH', signerName: '' });
  const prepare = useMutation({ mutationFn: () => call(prepareBatch, { body: { classId, ...form } }, { key: crypto.randomUUID() }), onSuccess: () => { void client.invalidateQueries({ queryKey: ['awarding'] }); onDone(); } });
  const submit = (e: FormEvent) => { e.preventDefault(); prepare.mutate(); };
  const set = (k: keyof typeof form) => (e: { currentTarget: { value: string } }) => setForm({ ...form, [k]: e.currentTarget.value });
  return (
    <form className="stack" onSubmit={submit}>
      <p className="sub">{title}</p>
      <Loaded query={candidates}>{({ items, certificateTitle }) => { const out = items.filter((i) => !i.eligible); return <><p style={{ margin: 0 }}><strong>{certificateTitle}</strong>. {t('award.counts', { yes: items.length - out.length, no: out.length })}</p>{out.length > 0 && <details><summary>{t('award.out', { n: out.length })}</summary>{out.map((i) => <p key={i.enrolmentId} className="sub">{i.name}, {i.unitName}: {i.reasons.map((r) => t(`eligible.${r}`)).join(', ')}</p>)}</details>}</>; }}</Loaded>
      <TextInput label={t('award.decisionNo')} value={form.decisionNo} onChange={set('decisionNo')} required />
      <TextInput label={t('award.issuedOn')} type="date" value={form.issuedOn} onChange={set('issuedOn')} required />
      <TextInput label={t('award.signerTitle')} value={form.signerTitle} onChange={set('signerTitle')} required />
      <TextInput label={t('award.signerName')} value={form.signerName} onChange={set('signerName')} required />
      <ProblemAlert of={prepare} />
      <Button type="submit" loading={prepare.isPending}>{t('award.prepare')}</Button>
    </form>
  );
}
