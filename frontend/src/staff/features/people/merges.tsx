import { listMerges, undoMerge } from '@lantoa/shared/people-merge';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Records that were put into this one; each can be taken out again for thirty days. */
export function Merges({ personId, mayUndo }: { personId: string; mayUndo: boolean }) {
  const client = useQueryClient();
  const merges = useQuery(query(listMerges, { params: { personId } }));
  const undo = useMutation({ mutationFn: (mergeId: string) => call(undoMerge, { params: { mergeId } }), onSuccess: () => client.invalidateQueries() });
  if (!merges.data?.items.length) return null;
  return (
    <section className="panel"><h2>{t('merge.past')}</h2><ProblemAlert of={undo} />
      {merges.data.items.map((m) => <div key={m.id} className="person wraps"><span><strong>{m.name}</strong> · {m.code}<br /><span className="sub">{t(m.undone ? 'merge.undone' : 'merge.on', { day: day(m.at.slice(0, 10)), until: day(m.undoUntil.slice(0, 10)) })}</span></span>{mayUndo && !m.undone && new Date(m.undoUntil) > new Date() && <Button size="compact-md" variant="subtle" loading={undo.isPending && undo.variables === m.id} onClick={() => undo.mutate(m.id)}>{t('merge.undo')}</Button>}</div>)}
    </section>
  );
}
