import { listUnsent } from '@lantoa/shared/sync';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

/** Whose work still lies on a phone. Nothing is shown where all of it has arrived. */
export function Unsent({ classId }: { classId: string }) {
  const unsent = useQuery(query(listUnsent, { params: { classId } }));
  if (!unsent.data?.items.length) return null;
  const said = (key: 'pending' | 'missing' | 'refused', n: number) => (n ? [t(`unsent.${key}`, { n })] : []);
  return (
    <section className="panel"><h2>{t('unsent.title')}</h2><p className="sub">{t('unsent.sub')}</p>
      {unsent.data.items.map((u) => <div key={u.deviceId} className="person wraps"><span><strong>{u.name}</strong><br /><span className="sub">{[...said('pending', u.pending), ...said('missing', u.missing), ...said('refused', u.refused), t('unsent.heard', { at: moment(u.heardAt) }), ...(u.skewMinutes ? [t('unsent.clock', { n: Math.abs(u.skewMinutes) })] : [])].join(' · ')}</span></span></div>)}
    </section>
  );
}
