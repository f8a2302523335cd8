import { listToPlace, placePeople } from '@lantoa/shared/unit-changes';
import { Alert, Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Who must be placed after a split, village by village. */
export default function PlacePeoplePage({ changeId }: { changeId: string }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const waiting = useQuery(query(listToPlace, { params: { changeId } }));
  const save = useMutation({
    mutationFn: () => call(placePeople, { params: { changeId }, body: { postings: Object.entries(chosen).map(([postingId, unitId]) => ({ postingId, unitId })) } }),
    onSuccess: () => { setChosen({}); return client.invalidateQueries({ queryKey: ['organisation'] }); },
  });
  const n = Object.keys(chosen).length;
  return (
    <Loaded query={waiting} height={300}>{({ on, from, into, items }) => {
      const units = into.map((u) => ({ value: u.id, label: u.name }));
      const villages = [...new Set(items.map((p) => p.locality))];
      return (
        <>
          <Head title={t('place.title', { name: from })} back="/quan-ly/don-vi/thay-doi" sub={t('place.sub', { day: day(on) })} />
          {save.data && save.data.left > 0 && <Alert color="rung">{t('place.left', { n: save.data.left })}</Alert>}
          {items.length === 0 ? <Empty>{t('place.done')}</Empty> : villages.map((village) => {
            const people = items.filter((p) => p.locality === village);
            return (
              <section key={village ?? ''} className="panel stack"><h2>{village ?? t('place.noLocality')}</h2>
                {people.length > 1 && <Select label={t('place.all')} placeholder="–" data={units} value={null} onChange={(unit) => unit && setChosen({ ...chosen, ...Object.fromEntries(people.map((p) => [p.postingId, unit])) })} style={{ maxWidth: 320 }} />}
                {people.map((p) => <div key={p.postingId} className="person"><span><strong>{p.name}</strong><br /><span className="sub">{p.position}</span></span><Select aria-label={t('place.choose', { name: p.name })} placeholder="–" data={units} value={chosen[p.postingId] ?? null} onChange={(unit) => unit && setChosen({ ...chosen, [p.postingId]: unit })} style={{ width: 200 }} /></div>)}
              </section>
            );
          })}
          <ProblemAlert of={save} />
          {items.length > 0 && <div><Button disabled={n === 0} loading={save.isPending} onClick={() => save.mutate()}>{t('place.save', { n })}</Button></div>}
        </>
      );
    }}</Loaded>
  );
}
