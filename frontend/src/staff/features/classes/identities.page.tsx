import { listToMatch, settleIdentity } from '@lantoa/shared/class-papers';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

interface Shown { name: string; birthYear: number | null; phone: string | null; unitName: string | null }
const facts = (p: Shown): string => [p.birthYear, p.unitName, p.phone && showPhone(p.phone)].filter(Boolean).join(' · ');

/** People who came without being on the list, side by side with those whom they may be. */
export default function IdentitiesPage({ classId }: { classId: string }) {
  const client = useQueryClient();
  const open = useQuery(query(listToMatch, { params: { classId } }));
  const settle = useMutation({ mutationFn: ({ enrolmentId, person }: { enrolmentId: string; person: string }) => call(settleIdentity, { params: { enrolmentId }, body: { person } }), onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) });
  return (
    <>
      <Head title={t('identity.title')} back={`/quan-ly/lop/${classId}`} sub={t('identity.how')} />
      <ProblemAlert of={settle} />
      <Loaded query={open}>{({ items }) => (items.length === 0 ? <Empty>{t('identity.none')}</Empty> : <div className="cards">{items.map((e) => (
        <article key={e.enrolmentId} className="panel stack"><h2>{t('row.same')}</h2>
          <div className="side-by-side"><div><p className="sub">{t('identity.here')}</p><strong>{e.name}</strong><p className="sub">{facts(e)}</p></div>
            {e.candidates.map((k) => <div key={k.id}><p className="sub">{t('identity.known')}</p><strong>{k.name}</strong><p className="sub">{facts(k)}</p><Button size="compact-md" disabled={settle.isPending} onClick={() => settle.mutate({ enrolmentId: e.enrolmentId, person: k.id })}>{t('identity.same')}</Button></div>)}</div>
          <div><Button variant="outline" size="compact-md" disabled={settle.isPending} onClick={() => settle.mutate({ enrolmentId: e.enrolmentId, person: 'new' })}>{t('identity.new')}</Button></div>
        </article>
      ))}</div>)}</Loaded>
    </>
  );
}
