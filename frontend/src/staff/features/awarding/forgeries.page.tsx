import { closeForgeryReport, type ForgeryReport, listForgeryReports } from '@lantoa/shared/credentials';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { AwardTabs } from '../../../ui/award-tabs.tsx';

/** Papers that somebody thinks are forged, reported on the public page; open ones first. */
export default function ForgeriesPage() {
  const reports = useQuery(query(listForgeryReports, {}));
  return (
    <>
      <Head title={t('forgery.title')} sub={t('forgery.sub')} />
      <AwardTabs />
      <Loaded query={reports} height={300}>{({ items }) => (items.length ? <div className="cards">{items.map((r) => <Case key={r.id} r={r} />)}</div> : <Empty>{t('forgery.none')}</Empty>)}</Loaded>
    </>
  );
}

function Case({ r }: { r: ForgeryReport }) {
  const may = new Set(useSession()?.permissions);
  const client = useQueryClient();
  const [finding, setFinding] = useState('');
  const close = useMutation({ mutationFn: () => call(closeForgeryReport, { params: { reportId: r.id }, body: { finding } }), onSuccess: () => client.invalidateQueries({ queryKey: ['credentials', 'listForgeryReports'] }) });
  return (
    <article className="panel">
      <div className="row-s" style={{ justifyContent: 'space-between' }}><strong>{[r.registerNo, r.holderName].filter(Boolean).join(' · ') || t('forgery.noNumber')}</strong><span className={`tag ${r.finding ? 'ok' : 'warn'}`}>{t(r.finding ? 'forgery.closed' : 'forgery.open')}</span></div>
      <p className="sub">{moment(r.reportedAt)}{r.seenAt && <> · {t('forgery.seen', { where: r.seenAt })}</>} · {t(r.known ? 'forgery.known' : 'forgery.unknown')}</p>
      <p style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{r.message}</p>
      {r.registerNo && <div><Link href={`/quan-ly/so-cap?q=${encodeURIComponent(r.registerNo)}`}>{t('forgery.look')}</Link></div>}
      {r.finding ? <p style={{ margin: 0 }}>{t('forgery.found', { text: r.finding, name: r.closedBy ?? '' })}</p> : may.has('batch.prepare') && <><Textarea label={t('forgery.finding')} value={finding} onChange={(e) => setFinding(e.currentTarget.value)} autosize minRows={2} /><ProblemAlert of={close} /><div><Button disabled={finding.trim().length < 3} loading={close.isPending} onClick={() => close.mutate()}>{t('forgery.close')}</Button></div></>}
    </article>
  );
}
