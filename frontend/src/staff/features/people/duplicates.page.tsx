import type { OutputOf } from '@lantoa/shared/endpoint';
import { keepApart, listDuplicates, mergePeople, undoMerge } from '@lantoa/shared/people-merge';
import { showPhone } from '@lantoa/shared/rules/phone';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

type Pair = OutputOf<typeof listDuplicates>['items'][number];
type Side = Pair['one'];
const FIELDS = ['name', 'birthYear', 'sex', 'phone'] as const;
const shown = (p: Side, f: (typeof FIELDS)[number]): string => (f === 'sex' ? (p.sex ? t(`sex.${p.sex}`) : '–') : f === 'phone' ? (p.phone ? showPhone(p.phone) : '–') : String(p[f] ?? '–'));
/** The record with more behind it stays, unless a human says otherwise. */
const weight = (p: Side): number => p.certificates * 100 + (p.hasAccount ? 50 : 0) + p.classes * 5 + p.attempts;

/** Pairs that may be one person, side by side, field by field. */
export default function DuplicatesPage() {
  const client = useQueryClient();
  const pairs = useQuery(query(listDuplicates, {}));
  const [last, setLast] = useState<{ mergeId: string; name: string }>();
  const refresh = () => client.invalidateQueries({ queryKey: ['organisation'] });
  const undo = useMutation({ mutationFn: (mergeId: string) => call(undoMerge, { params: { mergeId } }), onSuccess: () => { setLast(undefined); return refresh(); } });
  return (
    <>
      <Head title={t('merge.title', { n: pairs.data?.items.length ?? 0 })} back="/quan-ly/nguoi" sub={t('merge.how')} />
      {last && <Alert color="rung"><div className="row-s">{t('merge.done', { name: last.name })}<Button size="compact-md" variant="subtle" loading={undo.isPending} onClick={() => undo.mutate(last.mergeId)}>{t('merge.undo')}</Button></div></Alert>}
      <ProblemAlert of={undo} />
      <Loaded query={pairs} height={300}>{({ items }) => (items.length === 0 ? <Empty>{t('merge.none')}</Empty> : <div className="cards">{items.map((p) => <PairCard key={p.one.id + p.other.id} pair={p} onMerged={(mergeId, name) => { setLast({ mergeId, name }); void refresh(); }} onApart={() => void refresh()} />)}</div>)}</Loaded>
    </>
  );
}

function PairCard({ pair, onMerged, onApart }: { pair: Pair; onMerged: (mergeId: string, name: string) => void; onApart: () => void }) {
  const [kept, gone] = weight(pair.one) >= weight(pair.other) ? [pair.one, pair.other] : [pair.other, pair.one];
  const [from, setFrom] = useState<Record<string, 'kept' | 'gone'>>(() => Object.fromEntries(FIELDS.map((f) => [f, kept[f] === null && gone[f] !== null ? 'gone' : 'kept'])));
  const value = <F extends (typeof FIELDS)[number]>(f: F): Side[F] => (from[f] === 'gone' ? gone : kept)[f];
  const merge = useMutation({ mutationFn: () => call(mergePeople, { params: { personId: kept.id }, body: { otherId: gone.id, keep: { name: value('name'), birthYear: value('birthYear'), sex: value('sex'), phone: value('phone') } } }, { key: newId() }), onSuccess: ({ mergeId }) => onMerged(mergeId, value('name')) });
  const apart = useMutation({ mutationFn: () => call(keepApart, { params: { personId: kept.id }, body: { otherId: gone.id } }), onSuccess: onApart });
  return (
    <article className="panel stack"><h2>{t('row.same')}</h2>
      <div className="side-by-side">{[kept, gone].map((p, i) => <div key={p.id}><p className="sub">{t(i === 0 ? 'merge.stays' : 'merge.goesIn')}</p><Link href={`/quan-ly/nguoi/${p.id}`}>{p.name}</Link><p className="sub">{[p.code, p.unitName].filter(Boolean).join(' · ')}</p><p className="sub">{t('merge.behind', { classes: p.classes, attempts: p.attempts, certificates: p.certificates })}</p></div>)}</div>
      {FIELDS.filter((f) => kept[f] !== gone[f]).map((f) => <Radio.Group key={f} label={t(`person.${f}`)} value={from[f] ?? 'kept'} onChange={(v) => setFrom({ ...from, [f]: v as 'kept' | 'gone' })}><div className="row-s" style={{ gap: 24 }}><Radio value="kept" label={shown(kept, f)} /><Radio value="gone" label={shown(gone, f)} /></div></Radio.Group>)}
      <ProblemAlert of={merge} /><ProblemAlert of={apart} />
      <div className="row-s"><Button loading={merge.isPending} onClick={() => merge.mutate()}>{t('merge.merge')}</Button><Button variant="outline" loading={apart.isPending} onClick={() => apart.mutate()}>{t('merge.apart')}</Button></div>
    </article>
  );
}
