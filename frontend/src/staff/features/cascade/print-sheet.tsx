import { getTiles, type Tile } from '@lantoa/shared/places';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { day, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { DataTable } from '../../../ui/figure.tsx';
import type { Filters } from './filters.tsx';

const WORST = 10;
const WORDS = ['reach', 'plan', 'score', 'drop', 'places', 'overdue'] as const;

/** What stands below the ladder on paper: the ten communes with the largest gap, what the words mean, and when and for what it was printed. */
export function PrintSheet({ f }: { f: Filters }) {
  const tiles = useQuery({ ...query(getTiles, { query: { ...f.scope, map: f.map } }), enabled: f.ready });
  const gap = (x: Tile) => x.places - x.covered;
  const worst = [...(tiles.data?.items ?? [])].sort((a, b) => gap(b) - gap(a) || (a.reach ?? 2) - (b.reach ?? 2) || a.passed - b.passed || a.name.localeCompare(b.name, 'vi')).slice(0, WORST);
  const table = { columns: [{ label: t('table.name') }, { label: t('tiles.area') }, { label: t('table.passed'), kind: 'int' as const }, { label: t('table.target'), kind: 'int' as const }, { label: t('table.reach'), kind: 'share' as const }, { label: t('table.places'), kind: 'int' as const }, { label: t('table.empty.places'), kind: 'int' as const }], rows: worst.map((x) => [x.name, x.areaName, x.passed, x.target || null, x.reach, x.places, gap(x)]) };
  return (
    <div className="print-only">
      <h2>{t('print.worst')}</h2><DataTable label={t('print.worst')} table={table} />
      <h2>{t('print.words')}</h2><ul className="print-words">{WORDS.map((w) => <li key={w}>{t(`print.${w}`)}</li>)}</ul>
      <p className="sub">{t('print.foot', { programme: f.programmeName, unit: f.unitName ?? t('filter.allUnits'), day: day(f.asOf), map: t(f.map === 'now' ? 'filter.now' : 'filter.then'), printed: day(todayHere()) })}</p>
    </div>
  );
}
