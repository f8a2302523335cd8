import { type Lapsing, listLapsing, markLapsingCalled, prepareRenewals } from '@lantoa/shared/awarding';
import { showPhone } from '@lantoa/shared/rules/phone';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day, moment, number, percent, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { SignedBy, signedBy } from './signed-by.tsx';
import { AwardTabs } from '../../../ui/award-tabs.tsx';

const WINDOWS = ['30', '60', '120'] as const;

/** Certificates that lapse: whom to call, and who has kept up and is renewed. */
export default function RenewalsPage() {
  const [params, setParams] = useSearchParams();
  const days = params.get('ngay') ?? '60';
  const lapsing = useQuery(query(listLapsing, { query: { days } }));
  return (
    <>
      <Head title={t('renew.title')} sub={t('renew.sub')} />
      <AwardTabs />
      <SegmentedControl className="no-print" aria-label={t('renew.window')} value={days} onChange={(v) => setParams({ ngay: v })} data={WINDOWS.map((d) => ({ value: d, label: t('renew.within', { n: d }) }))} />
      <Loaded query={lapsing} height={300}>{({ items }) => (items.length ? <Cases items={items} days={days} /> : <Empty>{t('renew.none', { n: days })}</Empty>)}</Loaded>
    </>
  );
}

function Cases({ items, days }: { items: readonly Lapsing[]; days: string }) {
  const may = new Set(useSession()?.permissions);
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string[]>([]);
  const called = useMutation({ mutationFn: (entryId: string) => call(markLapsingCalled, { params: { entryId } }), onSuccess: () => client.invalidateQueries({ queryKey: ['awarding', 'listLapsing'] }) });
  const typeId = items.find((x) => chosen.includes(x.entryId))?.typeId;
  const ready = items.filter((x) => !x.reasons.length);
  const why = (x: Lapsing) => x.reasons.map((r) => t(`renew.${r}`)).join('; ');
  const table: TableOf = { columns: [{ label: t('register.holder') }, { label: t('register.unit') }, { label: t('register.no') }, { label: t('register.until'), kind: 'day' }, { label: t('renew.refreshers') }, { label: t('renew.why') }, { label: t('trainers.phone') }, { label: t('overdue.called') }], rows: items.map((x) => [x.name, x.unitName, x.registerNo, x.validUntil, `${x.refreshersDone}/${x.refreshersDue}`, why(x), x.phone && showPhone(x.phone), x.calledAt && moment(x.calledAt)]) };
  return (
    <Figure tableOnly title={t('renew.found', { n: number(items.length) })} sub={t('renew.ready', { n: number(ready.length) })} summary={t('renew.found', { n: number(items.length) })} table={table} about={[[t('renew.window'), t('renew.within', { n: days })]]} file={`gia-han-${todayHere()}`}>
      <ProblemAlert of={called} />
      <div>{items.map((x) => (
        <div key={x.entryId} className="person wraps">
          {may.has('batch.prepare') && !x.reasons.length ? <Checkbox checked={chosen.includes(x.entryId)} disabled={typeId !== undefined && typeId !== x.typeId} onChange={() => setChosen(chosen.includes(x.entryId) ? chosen.filter((c) => c !== x.entryId) : [...chosen, x.entryId])} label={<Who x={x} />} /> : <Who x={x} />}
          <span className={`tag ${x.reasons.length ? 'warn' : 'ok'}`}>{x.reasons.length ? why(x) : t('renew.may')}</span>
          {x.phone ? <a className="callable" href={`tel:${x.phone}`}>{showPhone(x.phone)}</a> : <span className="sub">{t('places.noPhone')}</span>}
          <Button className="no-print" size="compact-md" variant="outline" loading={called.isPending && called.variables === x.entryId} onClick={() => called.mutate(x.entryId)}>{x.calledAt ? t('renew.calledAt', { at: moment(x.calledAt) }) : t('overdue.markCalled')}</Button>
        </div>
      ))}</div>
      {may.has('batch.prepare') && <Prepare chosen={chosen} onAll={() => setChosen(ready.filter((x) => x.typeId === (typeId ?? ready[0]?.typeId)).map((x) => x.entryId))} ready={ready.length} />}
    </Figure>
  );
}

const Who = ({ x }: { x: Lapsing }) => <span><Link href={`/quan-ly/nguoi/${x.personId}`}><strong>{x.name}</strong></Link><br /><span className="sub">{x.unitName} · {x.registerNo} · {t(x.stage === 'grace' ? 'renew.ended' : 'renew.ends', { day: day(x.validUntil) })} · {t('renew.done', { done: x.refreshersDone, due: x.refreshersDue, score: x.lastScore === null ? '–' : percent(x.lastScore) })}</span></span>;

function Prepare({ chosen, ready, onAll }: { chosen: readonly string[]; ready: number; onAll: () => void }) {
  const [, go] = useLocation();
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState(signedBy());
  const prepare = useMutation({ mutationFn: () => call(prepareRenewals, { body: { entryIds: [...chosen], ...said } }, { key: newId() }), onSuccess: (b) => go(`/quan-ly/cap/${b.id}`) });
  return (
    <div className="row-s no-print"><Button disabled={!chosen.length} onClick={() => setOpen(true)}>{t('renew.prepare', { n: chosen.length })}</Button>{ready > 0 && <Button variant="subtle" onClick={onAll}>{t('renew.all', { n: ready })}</Button>}
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('renew.prepare', { n: chosen.length })} size="lg"><form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); prepare.mutate(); }}><p className="sub">{t('renew.about')}</p><SignedBy said={said} set={setSaid} /><ProblemAlert of={prepare} /><Button type="submit" loading={prepare.isPending}>{t('award.prepare')}</Button></form></Dialog></div>
  );
}
