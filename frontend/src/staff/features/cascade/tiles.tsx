import { getTiles, placeTiles, type Tile } from '@lantoa/shared/places';
import { Button } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type PointerEvent, useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';
import { Empty, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import type { Filters } from './filters.tsx';
import { PlacesDialog } from './places.tsx';

const W = 1000;
const ACROSS = 12;
const SIDE = W / ACROSS;
/** Shown on a phone at first: those with the largest gap. */
const FIRST = 12;
/** Light to dark; the last two carry white text. */
const RAMP = ['#F4EFE3', '#DDE0C9', '#B3CDB2', '#7FB396', '#327560', '#124A3F'];
interface Spot { row: number; col: number }

/** Communes as equal squares, placed roughly as on the map: where nobody with a certificate in force is in post. A square opens into its villages. */
export function TilesPanel({ f }: { f: Filters }) {
  const tiles = useQuery({ ...query(getTiles, { query: { ...f.scope, map: f.map } }), enabled: f.ready });
  return <div id="o-xa"><Loaded query={tiles} height={360}>{({ items }) => (items.length ? <Squares items={items} f={f} /> : <Empty>{t('tiles.empty')}</Empty>)}</Loaded></div>;
}

const share = (x: Tile): number | null => (x.places ? x.covered / x.places : null);
const color = (s: number | null): string => (s === null ? '#fff' : (RAMP[Math.min(RAMP.length - 1, Math.floor(s * RAMP.length))] as string));
const ink = (s: number | null): string => (s !== null && s * RAMP.length >= 4 ? '#fff' : '#1B1F27');
/** `Xã Đăk Pék` → two short lines, without the word that all have. */
const shortName = (name: string): string[] => {
  const words = name.replace(/^(Xã|Phường|Thị trấn|Đặc khu) /, '').split(' ');
  const half = Math.ceil(words.length / 2);
  return words.length > 2 || words.join(' ').length > 9 ? [words.slice(0, half).join(' '), words.slice(half).join(' ')] : [words.join(' ')];
};
const figure = (x: Tile): string => (x.places > 1 ? t('tiles.of', { covered: number(x.covered), places: number(x.places) }) : x.places ? t(x.covered ? 'tiles.someone' : 'tiles.nobody') : '–');

/** Where each stands: where it was put, or else the next free square, area by area. */
function spotsOf(items: readonly Tile[]): Map<string, Spot> {
  const spots = new Map<string, Spot>();
  const taken = new Set<string>();
  for (const x of items) if (x.row !== null && x.col !== null) { spots.set(x.unitId, { row: x.row, col: x.col }); taken.add(`${x.row} ${x.col}`); }
  let next = 0;
  for (const x of items.filter((i) => i.row === null).sort((a, b) => a.areaName.localeCompare(b.areaName, 'vi') || a.name.localeCompare(b.name, 'vi'))) {
    while (taken.has(`${Math.floor(next / ACROSS)} ${next % ACROSS}`)) next++;
    spots.set(x.unitId, { row: Math.floor(next / ACROSS), col: next % ACROSS });
    next++;
  }
  return spots;
}

function Squares({ items, f }: { items: readonly Tile[]; f: Filters }) {
  const may = useSession()?.permissions.includes('unit.change') ?? false;
  const [opened, setOpened] = useState<Tile | null>(null);
  const [editing, setEditing] = useState(false);
  const [all, setAll] = useState(false);
  const [places, covered] = [items.reduce((sum, x) => sum + x.places, 0), items.reduce((sum, x) => sum + x.covered, 0)];
  const title = places - covered === 0 ? t('tiles.allCovered', { n: number(places) }) : t('tiles.found', { empty: number(places - covered), all: number(places) });
  const table: TableOf = { columns: [{ label: t('table.name') }, { label: t('tiles.area') }, { label: t('table.places'), kind: 'int' }, { label: t('tiles.covered'), kind: 'int' }, { label: t('table.empty.places'), kind: 'int' }, { label: t('table.passed'), kind: 'int' }, { label: t('table.target'), kind: 'int' }, { label: t('table.reach'), kind: 'share' }], rows: items.map((x) => [x.name, x.areaName, x.places, x.covered, x.places - x.covered, x.passed, x.target, x.reach]) };
  const gaps = [...items].sort((a, b) => b.places - b.covered - (a.places - a.covered) || (share(a) ?? 2) - (share(b) ?? 2) || a.name.localeCompare(b.name, 'vi'));
  return (
    <Figure title={title} sub={t('tiles.sub', { day: day(f.asOf) })} summary={t('tiles.summary', { covered: number(covered), all: number(places) })} table={table} about={f.about} file={`o-xa-${f.asOf}`} aside={may && <Button size="compact-md" variant="subtle" className="hide-small" onClick={() => setEditing(!editing)}>{t(editing ? 'tiles.done' : 'tiles.arrange')}</Button>}>
      <Legend />
      {editing ? <Arrange items={items} /> : <Board items={items} spots={spotsOf(items)} onTile={setOpened} />}
      <div className="only-small tile-list">{(all ? gaps : gaps.slice(0, FIRST)).map((x) => <button key={x.unitId} type="button" style={{ background: color(share(x)), color: ink(share(x)) }} onClick={() => setOpened(x)}><strong>{x.name.replace(/^(Xã|Phường|Thị trấn) /, '')}</strong><span>{figure(x)}</span></button>)}</div>
      {!all && gaps.length > FIRST && <Button className="only-small" variant="subtle" onClick={() => setAll(true)}>{t('table.more', { n: gaps.length - FIRST })}</Button>}
      {opened && <PlacesDialog tile={opened} f={f} onClose={() => setOpened(null)} />}
    </Figure>
  );
}

const Legend = () => <p className="sub legend">{t('tiles.legend')} {RAMP.map((c, i) => <span key={c} style={{ background: c, color: i > 3 ? '#fff' : '#1B1F27' }}>{percent(i / RAMP.length)}{i === RAMP.length - 1 ? '–100%' : '+'}</span>)}<span style={{ border: '1px dashed #868E9C' }}>{t('tiles.none')}</span></p>;

function Board({ items, spots, onTile, chosen, onDrop }: { items: readonly Tile[]; spots: ReadonlyMap<string, Spot>; onTile: (tile: Tile) => void; chosen?: string | undefined; onDrop?: (tile: Tile, to: Spot) => void }) {
  const rows = Math.max(...[...spots.values()].map((s) => s.row)) + (onDrop ? 2 : 1);
  const columns = Math.max(ACROSS, ...[...spots.values()].map((s) => s.col + 1));
  const drop = (x: Tile) => (e: PointerEvent<SVGGElement>) => {
    const box = e.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!onDrop || !box) return;
    const to = { row: Math.floor(((e.clientY - box.top) / box.height) * rows), col: Math.floor(((e.clientX - box.left) / box.width) * columns) };
    const from = spots.get(x.unitId);
    if (from && (to.row !== from.row || to.col !== from.col) && to.row >= 0 && to.col >= 0 && to.row < rows && to.col < columns) onDrop(x, to);
  };
  return (
    <svg className="art hide-small tiles" viewBox={`0 0 ${columns * SIDE} ${rows * SIDE}`} role="group" aria-label={t('tiles.title')}>{items.map((x) => {
      const { row, col } = spots.get(x.unitId) as Spot;
      const s = share(x);
      const lines = shortName(x.name);
      return (
        <g key={x.unitId} role="button" tabIndex={0} aria-pressed={chosen === undefined ? undefined : chosen === x.unitId} transform={`translate(${col * SIDE} ${row * SIDE})`} onClick={() => onTile(x)} onKeyDown={(e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); onTile(x); } }} onPointerDown={(e) => onDrop && e.currentTarget.setPointerCapture(e.pointerId)} onPointerUp={drop(x)} style={{ cursor: onDrop ? 'grab' : 'pointer', touchAction: onDrop ? 'none' : undefined }}>
          <rect x={2} y={2} width={SIDE - 4} height={SIDE - 4} rx={8} fill={color(s)} stroke={chosen === x.unitId ? '#1B1F27' : s === null ? '#868E9C' : '#fff'} strokeWidth={chosen === x.unitId ? 4 : 1} strokeDasharray={s === null ? '4 4' : undefined} />
          {lines.map((l, i) => <text key={l} x={SIDE / 2} y={26 + i * 17 + (lines.length === 1 ? 8 : 0)} textAnchor="middle" fontSize={13} fontWeight="700" fill={ink(s)}>{l}{' '}</text>)}
          <text x={SIDE / 2} y={SIDE - 14} textAnchor="middle" fontSize={13} fill={ink(s)}>{figure(x)}</text>
        </g>
      );
    })}</svg>
  );
}

const STEPS = [['tiles.up', IconArrowUp, -1, 0], ['tiles.down', IconArrowDown, 1, 0], ['tiles.left', IconArrowLeft, 0, -1], ['tiles.right', IconArrowRight, 0, 1]] as const;

/** Squares are dragged, or chosen and moved by arrows; two change places. Every move is kept at once and can be taken back. */
function Arrange({ items }: { items: readonly Tile[] }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string>();
  const [spots, setSpots] = useState(() => spotsOf(items));
  const [past, setPast] = useState<ReadonlyMap<string, Spot>[]>([]);
  const save = useMutation({ mutationFn: (next: ReadonlyMap<string, Spot>) => call(placeTiles, { body: { tiles: [...next].map(([unitId, s]) => ({ unitId, ...s })) } }), onSuccess: () => client.invalidateQueries({ queryKey: ['cascade', 'getTiles'] }) });
  const keep = (next: Map<string, Spot>) => { setSpots(next); save.mutate(next); };
  const move = (id: string, to: Spot) => {
    const from = spots.get(id);
    if (!from || to.row < 0 || to.col < 0) return;
    const there = [...spots].find(([, s]) => s.row === to.row && s.col === to.col)?.[0];
    setPast([...past, spots]);
    keep(new Map([...spots, [id, to], ...(there ? [[there, from] as const] : [])]));
  };
  const back = () => { const last = past.at(-1); if (last) { setPast(past.slice(0, -1)); keep(new Map(last)); } };
  const spot = chosen ? spots.get(chosen) : undefined;
  return (
    <div className="stack hide-small">
      <div className="row-s"><span className="sub">{t('tiles.how')}</span>{STEPS.map(([key, Icon, dr, dc]) => <Button key={key} variant="outline" size="compact-md" disabled={!spot} aria-label={t(key)} onClick={() => chosen && spot && move(chosen, { row: spot.row + dr, col: spot.col + dc })}><Icon size={18} aria-hidden /></Button>)}<Button variant="subtle" size="compact-md" disabled={!past.length} onClick={back}>{t('ui.undo')}</Button></div>
      <ProblemAlert of={save} />
      <Board items={items} spots={spots} chosen={chosen ?? ''} onTile={(x) => setChosen(x.unitId)} onDrop={(x, to) => { setChosen(x.unitId); move(x.unitId, to); }} />
    </div>
  );
}
