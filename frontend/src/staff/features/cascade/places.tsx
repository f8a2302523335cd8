import { getPlaces, type Place, type Tile } from '@lantoa/shared/places';
import { showPhone } from '@lantoa/shared/rules/phone';
import { IconAlertTriangle, IconCircleDashed, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Loaded } from '../../../ui/staff-parts.tsx';
import type { Filters } from './filters.tsx';

const MARK = { covered: ['ok', IconShieldCheck], lapsing: ['warn', IconAlertTriangle], none: ['', IconCircleDashed] } as const;

/** A commune's villages as chips; one opens into the people who hold a posting there, to be called. */
export function PlacesDialog({ tile, f, onClose }: { tile: Tile; f: Filters; onClose: () => void }) {
  const places = useQuery(query(getPlaces, { params: { unitId: tile.unitId }, query: { programme: f.programme, asOf: f.asOf } }));
  const [open, setOpen] = useState<string>();
  const key = (p: Place) => `${p.unitId} ${p.locality ?? ''}`;
  return (
    <Dialog opened onClose={onClose} title={tile.name} size="lg"><Loaded query={places}>{({ items }) => {
      const shown = items.find((p) => key(p) === open) ?? (items.length === 1 ? items[0] : undefined);
      return (
        <div className="stack">
          <p className="sub">{t('places.sub', { area: tile.areaName, day: day(f.asOf), passed: number(tile.passed) })}</p>
          <div className="chips">{items.map((p) => { const [tone, Icon] = MARK[p.state]; return <button key={key(p)} type="button" className={`tag ${tone}`} aria-pressed={shown === p} onClick={() => setOpen(key(p))}><Icon size={18} aria-hidden />{p.locality ?? p.name} · {t(`places.${p.state}`)}</button>; })}</div>
          {shown ? (shown.people.length ? <div>{shown.people.map((x) => <div key={`${x.personId} ${x.position}`} className="person wraps"><span><strong>{x.name}</strong><br /><span className="sub">{x.position} · {x.validUntil ? t('places.until', { day: day(x.validUntil) }) : t('places.noPaper')}</span></span>{x.phone ? <a href={`tel:${x.phone}`}>{showPhone(x.phone)}</a> : <span className="sub">{t('places.noPhone')}</span>}</div>)}</div> : <p>{t('places.nobody')}</p>) : <p className="sub">{t('places.choose')}</p>}
        </div>
      );
    }}</Loaded></Dialog>
  );
}
