import { countReminders } from '@lantoa/shared/notifications';
import { type Campaign, getCampaign, moveCampaign } from '@lantoa/shared/refreshers';
import { Alert, Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, moment, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Figure } from '../../../ui/figure.tsx';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Calls } from './calls.tsx';
import { LOOK } from './campaigns.page.tsx';
import { Steps } from './steps.tsx';

type Seen = NonNullable<ReturnType<typeof useCampaign>['data']>;
const useCampaign = (campaignId: string) => useQuery(query(getCampaign, { params: { campaignId } }));

/** How a campaign goes: steps, units, what it changed, whom to call. */
export default function CampaignPage({ campaignId }: { campaignId: string }) {
  const seen = useCampaign(campaignId);
  return (
    <Loaded query={seen} height={400}>{(s) => (
      <>
        <Head title={s.campaign.title} back="/quan-ly/dot-on" sub={t('campaign.line', { course: s.campaign.courseTitle, unit: s.campaign.unitName, n: s.campaign.questions, rounds: s.campaign.rounds, day: day(s.campaign.startsOn) })}><span className={`tag ${LOOK[s.campaign.status]}`}>{t(`campaign.${s.campaign.status}`)}</span></Head>
        <section className="panel stack"><Steps s={s.campaign.steps} /><WentOut campaignId={s.campaign.id} />{s.campaign.topics.length > 0 && <p className="sub">{t('campaign.topics', { list: s.campaign.topics.join(', ') })}</p>}{s.campaign.mayRun && s.campaign.status !== 'ended' && <Moves c={s.campaign} />}</section>
        <div className="grid2">
          <Units s={s} />
          <Effect s={s} />
        </div>
        {s.calls.length > 0 && <Calls items={s.calls} file={`can-goi-${s.campaign.id.slice(0, 8)}`} />}
        <section className="panel"><h2>{t('campaign.history')}</h2><ul className="bare">{s.history.map((h) => <li key={h.at} className="person"><span><strong>{t(`campaign.${h.to}`)}</strong> · {h.by}<br /><span className="sub">{moment(h.at)}{h.note && ` · ${h.note}`}</span></span></li>)}</ul></section>
      </>
    )}</Loaded>
  );
}

/** By what way people were reminded, and where that failed: those are to be called. */
function WentOut({ campaignId }: { campaignId: string }) {
  const counts = useQuery(query(countReminders, { params: { campaignId } }));
  const out = counts.data?.items.filter((x) => x.channel !== 'in-app') ?? [];
  if (!out.length) return null;
  const failed = out.reduce((n, x) => n + x.failed, 0);
  return <p className="sub">{out.map((x) => t('remindText.count', { channel: t(`remindText.${x.channel}`), n: number(x.sent + x.waiting) })).join(' · ')}{failed > 0 && <> · <span className="tag warn">{t('remindText.failed', { n: number(failed) })}</span></>}</p>;
}

function Units({ s }: { s: Seen }) {
  const table: TableOf = { columns: [{ label: t('register.unit') }, ...(['due', 'received', 'opened', 'done', 'good'] as const).map((k) => ({ label: t(`campaign.col.${k}`), kind: 'int' as const }))], rows: s.units.map((u) => [u.name, u.due, u.received, u.opened, u.done, u.good]) };
  const behind = s.units.filter((u) => u.done < u.due).length;
  return (
    <Figure tableOnly title={behind ? t('campaign.behind', { n: number(behind), of: number(s.units.length) }) : t('campaign.allDone')} sub={t('campaign.unitsSub')} summary={t('campaign.unitsSub')} table={table} about={[[t('campaign.title'), s.campaign.title]]} file={`dot-on-${s.campaign.id.slice(0, 8)}`}>
      <div>{s.units.map((u) => <div key={u.unitId} className="person"><span style={{ flex: 1 }}><strong>{u.name}</strong><span className="meter-bar" aria-hidden style={{ display: 'block', marginTop: 4 }}><i style={{ width: `${(100 * u.done) / Math.max(1, u.due)}%` }} /></span></span><span className="sub">{t('campaign.doneOf', { done: number(u.done), due: number(u.due) })}</span></div>)}</div>
    </Figure>
  );
}

/** V6: the same people, the same questions. Nothing is said below ten people. */
function Effect({ s: { effect: e } }: { s: Seen }) {
  const few = e.before === null || e.now === null;
  return (
    <section className="panel stack"><h2>{t('effect.title')}</h2>
      {few ? <p className="sub">{t('effect.few', { n: number(e.people) })}</p> : (
        <>
          <p style={{ margin: 0, fontSize: '1.25rem' }}>{t((e.now ?? 0) >= (e.before ?? 0) ? 'effect.kept' : 'effect.fell', { before: percent(e.before ?? 0), now: percent(e.now ?? 0) })}</p>
          <svg className="art" viewBox="0 0 320 90" aria-hidden>
            {([['before', e.before ?? 0, 24, '#CBD6EE'], ['now', e.now ?? 0, 66, '#17603F']] as const).map(([k, share, y, color]) => <g key={k}><text x="0" y={y + 5} fontSize="14">{t(`effect.${k}`)}</text><rect x="110" y={y - 10} width={Math.max(1, share * 150)} height="20" rx="4" fill={color} /><text x={116 + share * 150} y={y + 5} fontSize="14">{percent(share)}</text></g>)}
          </svg>
          <p className="sub">{t('effect.n', { people: number(e.people), pairs: number(e.pairs) })}</p>
        </>
      )}
    </section>
  );
}

function Moves({ c }: { c: Campaign }) {
  const client = useQueryClient();
  const [to, setTo] = useState<Campaign['status']>();
  const [note, setNote] = useState('');
  const move = useMutation({ mutationFn: (next: Campaign['status']) => call(moveCampaign, { params: { campaignId: c.id }, body: { to: next, note: note.trim() } }), onSuccess: () => { setTo(undefined); setNote(''); void client.invalidateQueries({ queryKey: ['refreshers'] }); } });
  return (
    <div className="row-s no-print">
      {c.status === 'running' ? <Button variant="outline" onClick={() => setTo('paused')}>{t('campaign.pause')}</Button> : <Button variant="outline" onClick={() => setTo('running')}>{t('campaign.goOn')}</Button>}
      <Button variant="subtle" color="do" onClick={() => setTo('ended')}>{t('campaign.end')}</Button>
      <Dialog opened={to !== undefined} onClose={() => setTo(undefined)} title={t(`campaign.ask.${to ?? 'paused'}`)}><div className="stack">{to === 'ended' && <Alert color="nghe">{t('campaign.endMeans')}</Alert>}<Textarea label={t('campaign.why')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={2} /><ProblemAlert of={move} /><Button disabled={note.trim().length < 3} loading={move.isPending} onClick={() => to && move.mutate(to)}>{t(`campaign.do.${to ?? 'paused'}`)}</Button></div></Dialog>
    </div>
  );
}
