import { type Batch, listBatches } from '@lantoa/shared/awarding';
import { Button, Checkbox, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';
import { AwardTabs } from '../../../ui/award-tabs.tsx';

export const LOOK: Record<Batch['status'], string> = { prepared: 'warn', approved: 'ok', withdrawn: '' };
/** Are papers or credentials of a batch still being made? */
export const making = (b: Batch): boolean => b.status === 'approved' && (b.papersReady < b.certificates || b.credentialsReady < b.certificates);

/** Certificates in batches: one person prepares, another approves, and only then numbers are taken. */
export default function AwardingPage() {
  const may = new Set(useSession()?.permissions);
  const batches = useQuery({ ...query(listBatches, {}), refetchInterval: (q) => (q.state.data?.items.some(making) ? 2000 : false) });
  const [chosen, setChosen] = useState<string[]>([]);
  const [, go] = useLocation();
  return (
    <>
      <Head title={t('award.title')} sub={t('award.sub')} />
      <AwardTabs />
      <Loaded query={batches} height={320}>{({ items, ready }) => {
        const typeId = ready.find((c) => chosen.includes(c.classId))?.typeId;
        const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id]);
        return (
          <>
            {ready.length > 0 && (
              <section className="panel"><h2>{t('award.ready')}</h2><p className="sub">{t('award.readyHint')}</p>
                {ready.map((c) => <div key={c.classId} className="person">{may.has('batch.prepare') ? <Checkbox checked={chosen.includes(c.classId)} disabled={typeId !== undefined && typeId !== c.typeId} onChange={() => toggle(c.classId)} label={<><strong>{c.title}</strong><br /><span className="sub">{c.code} · {day(c.endedOn)} · {c.certificateTitle}</span></>} /> : <span><strong>{c.title}</strong><br /><span className="sub">{c.code}</span></span>}<span className="tag">{t('award.eligible', { n: c.eligible })}</span></div>)}
                {may.has('batch.prepare') && <Button mt="md" disabled={!chosen.length} onClick={() => go(`/quan-ly/cap/moi?lop=${chosen.join(',')}`)}>{t('award.prepareOf', { n: chosen.length })}</Button>}
              </section>
            )}
            {items.length === 0 && ready.length === 0 && <Empty action={<Button component={Link} variant="outline" href="/quan-ly/duyet?hang=bao-cao">{t('approvals.title')}</Button>}>{t('award.empty')}</Empty>}
            <div className="cards">{items.map((b) => <Card key={b.id} b={b} />)}</div>
          </>
        );
      }}</Loaded>
    </>
  );
}

function Card({ b }: { b: Batch }) {
  return (
    <article className="panel">
      <div className="row-s" style={{ justifyContent: 'space-between' }}><Link href={`/quan-ly/cap/${b.id}`}><strong>{t('batch.title', { code: b.code })}</strong></Link><span className={`tag ${LOOK[b.status]}`}>{t(`award.${b.status}`)}</span></div>
      <p style={{ margin: 0 }}>{b.title} · {t('award.count', { n: b.certificates })}{b.status !== 'withdrawn' && b.firstNo ? ` · ${b.firstNo}${b.lastNo && b.lastNo !== b.firstNo ? ` – ${b.lastNo}` : ''}` : ''}</p>
      <p className="sub">{b.kind === 'renewals' ? t('batch.renewals') : b.classes.map((c) => c.code).join(', ')} · {t('award.decision', { no: b.decisionNo, day: day(b.issuedOn) })} · {t('award.by', { name: b.preparedBy })}{b.approvedBy ? ` · ${t('award.approvedBy', { name: b.approvedBy })}` : ''}</p>
      {making(b) && <Making b={b} />}
      {b.mayApprove && <div><Button component={Link} href={`/quan-ly/cap/${b.id}`}>{t('batch.look')}</Button></div>}
    </article>
  );
}

/** How far the papers and signed credentials are. The page may be left: the work goes on. */
export function Making({ b }: { b: Batch }) {
  const words = t('award.making', { n: Math.min(b.papersReady, b.credentialsReady), of: b.certificates });
  return <div role="status"><Progress value={(50 * (b.papersReady + b.credentialsReady)) / b.certificates} aria-label={words} /><p className="sub">{words} {t('batch.mayLeave')}</p></div>;
}
