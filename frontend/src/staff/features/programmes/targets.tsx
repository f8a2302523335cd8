import { applyTargets, getTargetsTemplate, listTargets, previewTargets } from '@lantoa/shared/programmes';
import { Alert, Button, FileButton, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call, query } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { day, number, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import type { Tier } from './tier.ts';

/** Targets per unit, and a sheet of them from Excel: looked at first, taken over as a whole from a day on. */
export function Targets({ tier }: { tier: Tier }) {
  const client = useQueryClient();
  const held = useQuery(query(listTargets, { params: { tierId: tier.id } }));
  const [from, setFrom] = useState(todayHere());
  const [content, setContent] = useState<string>();
  const preview = useMutation({ mutationFn: async (file: File) => { const contentBase64 = await base64Of(file); setContent(contentBase64); return call(previewTargets, { params: { tierId: tier.id }, body: { from, contentBase64 } }); } });
  const apply = useMutation({ mutationFn: () => call(applyTargets, { params: { tierId: tier.id }, body: { from, contentBase64: content ?? '' } }), onSuccess: () => { preview.reset(); return client.invalidateQueries({ queryKey: ['training'] }); } });
  const p = preview.data;
  return (
    <div className="stack">
      <TextInput type="date" label={t('targets.from')} value={from} onChange={(e) => { setFrom(e.currentTarget.value); preview.reset(); }} />
      <div className="row-s"><FileButton onChange={(f) => f && preview.mutate(f)} accept=".xlsx" inputProps={{ 'aria-label': t('targets.choose') }}>{(props) => <Button {...props} loading={preview.isPending}>{t('targets.choose')}</Button>}</FileButton><Button component="a" variant="outline" href={addressOf(getTargetsTemplate, { params: { tierId: tier.id } })}>{t('targets.template')}</Button></div>
      <ProblemAlert of={preview} /><ProblemAlert of={apply} />
      {apply.isSuccess && !p && <Alert color="rung">{t('targets.done', { n: apply.data.changes, total: number(apply.data.total) })}</Alert>}
      {p && <>
        <strong>{t('targets.will', { n: p.changes, same: p.unchanged, errors: p.errors, total: number(p.total) })}</strong>
        <Scroll label={t('targets.preview')}><Table><Table.Thead><Table.Tr><Table.Th>{t('targets.row')}</Table.Th><Table.Th>{t('person.unit')}</Table.Th><Table.Th>{t('targets.before')}</Table.Th><Table.Th>{t('targets.after')}</Table.Th></Table.Tr></Table.Thead><Table.Tbody>{p.rows.map((r) => <Table.Tr key={r.row}><Table.Td>{r.row}</Table.Td><Table.Td>{r.unitName ?? r.typed}{r.problem && <p className="sub" style={{ color: 'var(--do-700)' }}>{t(`targets.problem.${r.problem}`)}</p>}</Table.Td><Table.Td>{r.before === null ? '–' : number(r.before)}</Table.Td><Table.Td>{r.people === null ? '–' : number(r.people)}{!r.problem && r.people !== r.before && <> <span className="tag busy">{t('targets.changes')}</span></>}</Table.Td></Table.Tr>)}</Table.Tbody></Table></Scroll>
        <div><Button disabled={p.errors > 0 || p.changes === 0} loading={apply.isPending} onClick={() => apply.mutate()}>{p.errors > 0 ? t('targets.mend', { n: p.errors }) : t('targets.apply', { n: p.changes, day: day(from) })}</Button></div>
      </>}
      {!p && <Loaded query={held} height={80}>{({ items }) => <details open={items.length <= 15}><summary style={{ minHeight: 40, cursor: 'pointer' }}><strong>{t('targets.held', { n: items.length })}</strong></summary>{items.map((g) => <div key={g.unitId} className="person"><span>{g.unitName}<br /><span className="sub">{t('targets.since', { day: day(g.from) })}</span></span><strong>{number(g.people)}</strong></div>)}</details>}</Loaded>}
    </div>
  );
}
