import { getPaper, listRegister, verifyRegister } from '@lantoa/shared/credentials';
import { Alert, Button, Table, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

const LOOK: Record<string, string> = { 'in-force': 'ok', expired: 'warn', revoked: 'bad', replaced: '' };

/** The book: newest line first, never edited, with a check of its chain. */
export default function RegisterPage() {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const lines = useQuery({ ...query(listRegister, { query: { ...(q && { q }), limit: 100 } }), placeholderData: (old) => old });
  const check = useMutation({ mutationFn: () => call(verifyRegister, {}) });
  return (
    <>
      <Head title={t('register.title')} sub={lines.data ? t('register.count', { n: number(lines.data.total) }) : undefined}><Button variant="outline" loading={check.isPending} onClick={() => check.mutate()}>{t('register.verify')}</Button></Head>
      {check.data && <Alert color={check.data.brokenAt || check.data.gaps.length ? 'do' : 'rung'} role="status">{check.data.brokenAt ? t('register.broken', { at: check.data.brokenAt }) : check.data.gaps.length ? t('register.gaps', { list: check.data.gaps.slice(0, 5).join(', ') }) : t('register.sound', { n: number(check.data.entries), last: check.data.last ?? '–' })}</Alert>}
      <ProblemAlert of={check} />
      <TextInput type="search" label={t('register.find')} value={q} onChange={(e) => setParams(e.currentTarget.value ? { q: e.currentTarget.value } : {}, { replace: true })} />
      <Loaded query={lines} height={400}>{({ items }) => items.length === 0 ? <Empty>{t(q ? 'register.noneFor' : 'register.empty', { q })}</Empty> : (
        <section className="panel"><div className="hide-small"><Table><Table.Thead><Table.Tr>{['no', 'holder', 'unit', 'course', 'issued', 'until', 'state'].map((k) => <Table.Th key={k}>{t(`register.${k}`)}</Table.Th>)}</Table.Tr></Table.Thead><Table.Tbody>{items.map((l) => <Table.Tr key={l.id}><Table.Td style={{ whiteSpace: 'nowrap' }}>{l.registerNo ? <a href={addressOf(getPaper, { params: { entryId: l.id } })} target="_blank" rel="noreferrer">{l.registerNo}</a> : t('register.refers', { no: l.refersTo ?? '' })}</Table.Td><Table.Td>{l.holderName}</Table.Td><Table.Td>{l.unitName}</Table.Td><Table.Td>{l.title}</Table.Td><Table.Td>{day(l.issuedOn)}</Table.Td><Table.Td>{day(l.validUntil)}</Table.Td><Table.Td>{l.state ? <span className={`tag ${LOOK[l.state]}`}>{t(`state.${l.state}`)}</span> : <span className="tag bad">{t('register.revocation')}</span>}</Table.Td></Table.Tr>)}</Table.Tbody></Table></div>
        <div className="only-small">{items.map((l) => <div key={l.id} className="person"><span><strong>{l.holderName}</strong><br /><span className="sub">{l.registerNo ?? t('register.refers', { no: l.refersTo ?? '' })} · {l.unitName}</span></span>{l.state && <span className={`tag ${LOOK[l.state]}`}>{t(`state.${l.state}`)}</span>}</div>)}</div></section>
      )}</Loaded>
    </>
  );
}
