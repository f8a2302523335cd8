import { approveBatch, type Batch, getBatch, listPlaces, makeMissing, type Place, previewBatch, printBatch, printHandOut, withdrawBatch } from '@lantoa/shared/awarding';
import { getPaper } from '@lantoa/shared/credentials';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, NumberInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Receipts } from '../../../ui/receipts.tsx';
import { LOOK, Making, making } from './awarding.page.tsx';
import { keptOffset, keepOffset } from './offset.ts';

/** One batch: checked by the second person before the numbers, then the papers being made, printed, handed out. */
export default function BatchPage({ batchId }: { batchId: string }) {
  const params = { batchId };
  const batch = useQuery({ ...query(getBatch, { params }), refetchInterval: (q) => (q.state.data && making(q.state.data) ? 1500 : false) });
  const places = useQuery(query(listPlaces, { params }));
  return (
    <Loaded query={batch} height={400}>{(b) => (
      <>
        <Head title={t('batch.title', { code: b.code })} sub={b.title} back="/quan-ly/cap"><span className={`tag ${LOOK[b.status]}`}>{t(`award.${b.status}`)}</span></Head>
        <section className="panel stack">
          <dl className="facts2">
            <div><dt>{t('batch.papers')}</dt><dd>{number(b.certificates)}</dd></div>
            <div><dt>{t(b.status === 'approved' ? 'batch.numbers' : 'batch.numbersPlanned')}</dt><dd>{b.firstNo ? `${b.firstNo}${b.lastNo !== b.firstNo ? ` – ${b.lastNo}` : ''}` : '–'}</dd></div>
            <div><dt>{t('award.decisionNo')}</dt><dd>{b.decisionNo}, {day(b.issuedOn)}</dd></div>
            <div><dt>{t('batch.signer')}</dt><dd>{b.signerTitle.split(', ').map((l) => <div key={l}>{l}</div>)}{b.signerName}</dd></div>
            <div><dt>{t('batch.from')}</dt><dd>{b.kind === 'renewals' ? t('batch.renewals') : b.classes.map((c) => <div key={c.id}><Link href={`/quan-ly/lop/${c.id}`}>{c.code}</Link> {c.title}</div>)}</dd></div>
            <div><dt>{t('batch.people')}</dt><dd>{t('award.by', { name: b.preparedBy })}{b.approvedBy && <div>{t('award.approvedBy', { name: b.approvedBy })}</div>}</dd></div>
          </dl>
          {b.withdrawnNote && <Alert color="gray">{t('batch.withdrawn', { note: b.withdrawnNote })}</Alert>}
          {making(b) && <Making b={b} />}
          {b.status === 'prepared' && <Decide b={b} />}
        </section>
        {b.status === 'approved' && <Prints b={b} places={places.data?.items ?? []} />}
        <Preview b={b} />
        <Loaded query={places} height={200}>{({ items }) => <Places items={items} />}</Loaded>
      </>
    )}</Loaded>
  );
}

function Decide({ b }: { b: Batch }) {
  const client = useQueryClient();
  const params = { batchId: b.id };
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const done = () => { setAsking(false); void client.invalidateQueries(); };
  const approve = useMutation({ mutationFn: () => call(approveBatch, { params }, { key: newId() }), onSuccess: done });
  const withdraw = useMutation({ mutationFn: () => call(withdrawBatch, { params, body: { note } }), onSuccess: done });
  return (
    <>
      {b.overrides > 0 && <Alert color="nghe">{t('batch.overrides', { n: b.overrides })}</Alert>}
      {!b.mayApprove && <Alert color="cham">{t('award.second')}</Alert>}
      <ProblemAlert of={approve} />
      <div className="row-s">
        {b.mayApprove && <Button loading={approve.isPending} onClick={() => approve.mutate()}>{t('award.approve', { n: b.certificates })}</Button>}
        {b.mayWithdraw && <Button variant="outline" onClick={() => setAsking(true)}>{t(b.mayApprove ? 'batch.return' : 'batch.withdraw')}</Button>}
      </div>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('batch.withdrawTitle')}><div className="stack"><Textarea label={t('batch.why')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={3} /><ProblemAlert of={withdraw} /><Button disabled={note.trim().length < 3} loading={withdraw.isPending} onClick={() => withdraw.mutate()}>{t('batch.withdraw')}</Button></div></Dialog>
    </>
  );
}

function Prints({ b, places }: { b: Batch; places: readonly Place[] }) {
  const may = new Set(useSession()?.permissions);
  const client = useQueryClient();
  const params = { batchId: b.id };
  const [offset, setOffset] = useState(keptOffset());
  const again = useMutation({ mutationFn: () => call(makeMissing, { params }), onSuccess: () => client.invalidateQueries({ queryKey: ['awarding'] }) });
  const shift = (k: 'dx' | 'dy') => (v: number | string) => { const next = { ...offset, [k]: Number(v) || 0 }; setOffset(next); keepOffset(next); };
  return (
    <section className="panel stack"><h2>{t('batch.print')}</h2>
      {b.overprint && <div className="row-s"><NumberInput label={t('template.dx')} value={offset.dx} onChange={shift('dx')} min={-30} max={30} step={0.5} decimalSeparator="," style={{ width: 150 }} /><NumberInput label={t('template.dy')} value={offset.dy} onChange={shift('dy')} min={-30} max={30} step={0.5} decimalSeparator="," style={{ width: 150 }} /></div>}
      <div className="row-s">
        <Button component="a" target="_blank" href={addressOf(printBatch, { params, query: b.overprint ? offset : {} })}>{t('batch.printAll', { n: b.certificates })}</Button>
        <Button component="a" target="_blank" variant="outline" href={addressOf(printHandOut, { params })}>{t('batch.handOut')}</Button>
        {may.has('batch.prepare') && <Receipts entryIds={places.flatMap((p) => p.entryId ?? [])} label={t('receipts.all')} />}
        {may.has('batch.prepare') && making(b) && <Button variant="subtle" loading={again.isPending} onClick={() => again.mutate()}>{t('batch.again')}</Button>}
      </div>
      <ProblemAlert of={again} />
    </section>
  );
}

/** The longest name and three others, as they would be printed. */
function Preview({ b }: { b: Batch }) {
  const [open, setOpen] = useState(false);
  const preview = useQuery({ ...query(previewBatch, { params: { batchId: b.id } }), enabled: open });
  return (
    <section className="panel stack"><h2>{t('batch.preview')}</h2>
      {!open ? <div><Button variant="outline" onClick={() => setOpen(true)}>{t('batch.previewShow')}</Button></div> : <Loaded query={preview} height={300}>{({ items }) => <div className="papers">{items.map((p) => <figure key={p.name}><img alt={t('batch.previewOf', { name: p.name })} src={`data:image/svg+xml;utf8,${encodeURIComponent(p.svg)}`} /><figcaption className="sub">{p.name}</figcaption></figure>)}</div>}</Loaded>}
    </section>
  );
}

function Places({ items }: { items: readonly Place[] }) {
  const look = { given: '', override: 'warn', 'left-out': 'bad' } as const;
  return (
    <section className="panel"><h2>{t('batch.places', { n: items.length })}</h2>
      {items.map((p) => <div key={p.id} className="person wraps"><span><strong>{p.name}</strong><br /><span className="sub">{p.unitName}{p.reason && <> · {p.reason}</>}</span></span>{p.verdict !== 'given' && <span className={`tag ${look[p.verdict]}`}>{t(`batch.${p.verdict}`)}</span>}{p.entryId && <span className="row-s"><Link href={`/quan-ly/so-cap/${p.entryId}`}>{p.registerNo}</Link><a href={addressOf(getPaper, { params: { entryId: p.entryId } })} target="_blank" rel="noreferrer">{t('batch.paperOne')}</a></span>}</div>)}
    </section>
  );
}
