import { applyRoster, decideRoster, getFailedRows, getRoster, type RosterDecision, type RosterReview, undoRoster } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Bulk } from './bulk.tsx';
import { ChooseFile } from './choose-file.tsx';
import { Columns } from './columns.tsx';
import { RowCard } from './row-card.tsx';

/** Choose a file → look at columns and every row → confirm. Nothing is saved before the last step, and a day long it can be undone. */
export default function RosterPage({ classId, rosterId }: { classId: string; rosterId?: string }) {
  const at = `/quan-ly/lop/${classId}`;
  return (
    <>
      <Head title={t('roster.title')} back={at} sub={t('roster.nothingSaved')} />
      {rosterId ? <Review rosterId={rosterId} at={at} /> : <ChooseFile classId={classId} at={at} />}
    </>
  );
}

const FILTERS = ['all', 'ready', 'check', 'error', 'skipped'] as const;
const SHOWN = 100;

function Review({ rosterId, at }: { rosterId: string; at: string }) {
  const client = useQueryClient();
  const options = query(getRoster, { params: { rosterId } });
  const review = useQuery({ ...options, staleTime: 60_000 });
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>();
  const [shown, setShown] = useState(SHOWN);
  const [confirming, setConfirming] = useState(false);
  const decide = useMutation({ mutationFn: (decisions: RosterDecision[]) => call(decideRoster, { params: { rosterId }, body: { decisions } }), onSuccess: (next) => client.setQueryData(options.queryKey, next) });
  return (
    <Loaded query={review} height={420}>{(r) => {
      if (r.status !== 'read') return <Result r={r} at={at} />;
      const show = filter ?? (r.counts.error ? 'error' : r.counts.check ? 'check' : 'all');
      const rows = r.rows.filter((x) => show === 'all' || x.state === show);
      const said = r.sheets.filter((s) => s.said !== null && s.said !== s.rows);
      return (
        <>
          <section className="panel stack">
            <p className="sub">{t('roster.read', { file: r.fileName, sheet: r.sheets.map((s) => s.sheet).join(', '), n: r.rows.length })}</p>
            {said.map((s) => <Alert key={s.sheet} color="nghe">{t('roster.saidOther', { sheet: s.sheet, said: s.said ?? 0, read: s.rows })}</Alert>)}
            {r.withoutHeader.length > 0 && <Alert color="nghe">{t('roster.withoutHeader', { list: r.withoutHeader.join(', ') })}</Alert>}
            <Columns review={r} onMapped={(next) => client.setQueryData(options.queryKey, next)} />
            <div role="group" aria-label={t('roster.filter')} className="row-s">{FILTERS.map((f) => <Button key={f} size="compact-md" variant={f === show ? 'filled' : 'outline'} aria-pressed={f === show} onClick={() => { setFilter(f); setShown(SHOWN); }}>{t(`roster.${f}`, { n: f === 'all' ? r.rows.length : r.counts[f] })}</Button>)}
              {r.counts.error + r.counts.skipped > 0 && <Button component="a" size="compact-md" variant="subtle" href={addressOf(getFailedRows, { params: { rosterId } })}>{t('roster.failed', { n: r.rows.length - r.counts.ready })}</Button>}</div>
            <Bulk review={r} busy={decide.isPending} onDecide={(d) => decide.mutate(d)} />
            <ProblemAlert of={decide} />
          </section>
          <div className="cards">{rows.slice(0, shown).map((row) => <RowCard key={row.line} row={row} rows={r.rows} several={r.sheets.length > 1} busy={decide.isPending} onDecide={(d) => decide.mutate(d)} />)}</div>
          {rows.length > shown && <div><Button variant="outline" onClick={() => setShown(shown + SHOWN)}>{t('roster.more', { n: rows.length - shown })}</Button></div>}
          {rows.length === 0 && <p className="sub">{t('roster.noneHere')}</p>}
          <div className="no-print"><Button disabled={r.counts.check > 0 || r.counts.ready === 0} onClick={() => setConfirming(true)}>{r.counts.check > 0 ? t('roster.decideFirst', { n: r.counts.check }) : t('roster.add', { n: r.counts.ready })}</Button></div>
          <Dialog opened={confirming} onClose={() => setConfirming(false)} title={t('roster.confirm')}><Confirm r={r} rosterId={rosterId} /></Dialog>
        </>
      );
    }}</Loaded>
  );
}

function Confirm({ r, rosterId }: { r: RosterReview; rosterId: string }) {
  const client = useQueryClient();
  const [consent, setConsent] = useState(false);
  const [key] = useState(newId);
  const apply = useMutation({ mutationFn: () => call(applyRoster, { params: { rosterId }, body: { ethnicityConsent: consent } }, { key }), onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) });
  return (
    <div className="stack">
      <ul style={{ margin: 0 }}><li>{t('roster.willNew', { n: r.counts.newPeople })}</li><li>{t('roster.willKnown', { n: r.counts.knownPeople })}</li><li>{t('roster.willSkip', { n: r.rows.length - r.counts.ready })}</li></ul>
      {r.hasEthnicity && <Checkbox checked={consent} onChange={(e) => setConsent(e.currentTarget.checked)} label={t('roster.ethnicity')} description={t('roster.ethnicityHint')} />}
      <ProblemAlert of={apply} />
      <Button loading={apply.isPending} onClick={() => apply.mutate()}>{t('roster.add', { n: r.counts.ready })}</Button>
    </div>
  );
}

function Result({ r, at }: { r: RosterReview; at: string }) {
  const client = useQueryClient();
  const undo = useMutation({ mutationFn: () => call(undoRoster, { params: { rosterId: r.id } }), onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) });
  const left = r.rows.filter((x) => x.state !== 'ready').length;
  if (r.status === 'undone') return <Alert color="nghe">{t('roster.undone')} <Link href={`${at}/nhap`}>{t('roster.again')}</Link></Alert>;
  return (
    <section className="panel stack" style={{ maxWidth: 640 }}>
      <h2>{t('roster.done', { n: r.counts.ready })}</h2>
      <ProblemAlert of={undo} />
      <div className="row-s"><Button component={Link} href={at}>{t('roster.toClass')}</Button>{left > 0 && <Button component="a" variant="outline" href={addressOf(getFailedRows, { params: { rosterId: r.id } })}>{t('roster.failed', { n: left })}</Button>}<Button variant="subtle" color="do" loading={undo.isPending} onClick={() => undo.mutate()}>{t('roster.undo')}</Button></div>
      {r.undoUntil && <p className="sub">{t('roster.undoUntil', { at: moment(r.undoUntil) })}</p>}
    </section>
  );
}
