import { listUnitChanges, type RecordedChange, undoUnitChange } from '@lantoa/shared/unit-changes';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { day, moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** What was recorded about units, the newest first; each can be taken back while nothing stands on it. */
export default function ChangesPage() {
  const changes = useQuery(query(listUnitChanges, {}));
  return (
    <>
      <Head title={t('change.title')} back="/quan-ly/don-vi" sub={t('change.sub')}><Button component={Link} href="/quan-ly/don-vi/thay-doi/moi">{t('change.new')}</Button></Head>
      <Loaded query={changes} height={300}>{({ items }) => (items.length === 0 ? <Empty>{t('change.none')}</Empty> : <div className="stack">{items.map((c) => <Change key={c.id} change={c} />)}</div>)}</Loaded>
    </>
  );
}

function Change({ change: c }: { change: RecordedChange }) {
  const client = useQueryClient();
  const undo = useMutation({ mutationFn: () => call(undoUnitChange, { params: { changeId: c.id } }), onSuccess: () => client.invalidateQueries({ queryKey: ['organisation'] }) });
  const names = (list: RecordedChange['from']) => list.map((u) => u.name).join(', ');
  const same = c.to.every((x) => c.from.some((f) => f.id === x.id && f.name === x.name));
  return (
    <article className="panel stack" style={{ gap: 8 }}>
      <div><strong>{day(c.on)} · {t(`change.kind.${c.kind}`)}</strong><p style={{ margin: 0 }}>{names(c.from)}{!same && <> {t('units.into')} {names(c.to)}</>}</p>
        <p className="sub">{t('units.document', { no: c.document })}{c.note ? `, ${c.note}` : ''} · {c.by ? t('change.by', { name: c.by, day: moment(c.recordedAt) }) : t('change.byFile', { day: moment(c.recordedAt) })}</p></div>
      <ProblemAlert of={undo} />
      <div className="row-s">
        {c.undoneAt ? <span className="tag">{t('change.undone', { day: moment(c.undoneAt) })}</span> : <Button variant="outline" size="compact-md" loading={undo.isPending} onClick={() => undo.mutate()}>{t('change.undo')}</Button>}
        {c.toPlace > 0 && <Button component={Link} size="compact-md" href={`/quan-ly/don-vi/thay-doi/${c.id}/nguoi`}>{t('change.toPlace', { n: c.toPlace })}</Button>}
      </div>
    </article>
  );
}
