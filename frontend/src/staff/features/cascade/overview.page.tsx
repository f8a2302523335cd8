import { type Cascade, getCascade } from '@lantoa/shared/cascade';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { moment, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Loaded } from '../../../ui/staff-parts.tsx';
import { type Filters, Frame, useFilters } from './filters.tsx';
import { Ladder } from './ladder.tsx';
import { LossesPanel } from './losses.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { RecallPanel } from './recall.tsx';
import { TilesPanel } from './tiles.tsx';
import { UnitTablePanel } from './unit-table.tsx';

/** Figures are asked for again so often, while the page is looked at. */
const AGAIN_MS = 5000;

/** In one minute: are we on plan, where is knowledge lost, which places have nobody, who is late. */
export default function OverviewPage() {
  const f = useFilters();
  const cascade = useQuery({ ...query(getCascade, { query: f.scope }), enabled: f.ready, refetchInterval: AGAIN_MS });
  return (
    <Frame f={f} title={t('overview.title')}>
      <Loaded query={cascade} height={420}>{(c) => <><Answers c={c} f={f} /><p className="sub no-print" role="status">{c.upToDate ? t('overview.at', { at: moment(new Date(cascade.dataUpdatedAt).toISOString()) }) : t('overview.catching')}</p><Ladder c={c} f={f} /></>}</Loaded>
      <PrintSheet f={f} />
      <div className="stack no-print"><LossesPanel f={f} /><RecallPanel f={f} /><TilesPanel f={f} /><UnitTablePanel f={f} tiers={cascade.data?.tiers.map((x) => x.name) ?? []} /></div>
    </Frame>
  );
}

/** The four answers; each leads to where more of it stands. */
function Answers({ c, f }: { c: Cascade; f: Filters }) {
  const a = c.answers;
  const search = new URLSearchParams(location.search).toString();
  const to = (path: string) => `/quan-ly/toan-canh${path}${search ? `?${search}` : ''}`;
  const worst = c.tiers.map((x, i) => ({ from: c.tiers[i - 1]?.name ?? '', to: x.name, points: x.drop?.points ?? -Infinity })).sort((x, y) => y.points - x.points)[0];
  return (
    <section className="answers" aria-label={t('answer.label')}>
      <div>{t('answer.reach', { passed: number(a.passed), target: number(a.target), share: a.reach === null ? '–' : percent(a.reach) })}<small>{!a.planned ? t('answer.noClass') : a.behind ? t('answer.behind', { n: number(a.behind), planned: number(a.planned) }) : t('answer.onPlan', { planned: number(a.planned) })} <Link href={to('/tien-do')}>{t('answer.seeProgress')}</Link></small></div>
      <div>{worst && worst.points > 0 ? t('answer.drop', { from: worst.from, to: worst.to, points: number(worst.points, 1) }) : worst && worst.points > -Infinity ? t('answer.kept') : t('answer.noDrop')}<small>{t('answer.anchors', { n: c.anchors })} <a href="#hao-hut">{t('answer.seeLosses')}</a></small></div>
      <div>{t('answer.places', { empty: number(a.places.empty), all: number(a.places.all) })}<small>{t('answer.placesNote')} <a href="#o-xa">{t('answer.seePlaces')}</a></small></div>
      <div>{t('answer.overdue', { refreshers: number(a.overdue.refreshers), reports: number(a.overdue.reports) })}<small>{t('answer.expired', { n: number(a.overdue.certificates) })} <Link href={to('/qua-han')}>{t('answer.seeOverdue')}</Link></small></div>
      {a.idle > 0 && <p className="sub idle">{t('answer.idle', { n: number(a.idle) })} <Link href={to('/giang-vien')}>{t('answer.seeTrainers')}</Link>{f.unitName && ` · ${f.unitName}`}</p>}
    </section>
  );
}
