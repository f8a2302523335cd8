import { getOwnLineage } from '@lantoa/shared/lineage';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded } from '../../../ui/staff-parts.tsx';
import { Line } from './line.tsx';

/** How far the teaching of whoever is signed in went, without the names of others. */
export default function OwnLinePage() {
  const lineage = useQuery(query(getOwnLineage, {}));
  return <Loaded query={lineage} height={400}>{(l) => <><Head title={t('lineage.own')} back="/quan-ly/lop" sub={l.alarm ? t(`alarm.${l.alarm}`) : undefined} /><Line l={l} /></>}</Loaded>;
}
