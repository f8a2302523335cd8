import { type ClassRow, listClasses } from '@lantoa/shared/training';
import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { span, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';
import { PhaseTag } from './phase-tag.tsx';

const GROUPS = ['today', 'todo', 'upcoming', 'done'] as const;

/** Today's classes first, then those that need something, then what comes, then what is done. */
function groupOf(c: ClassRow): (typeof GROUPS)[number] {
  if (c.phase === 'running' && c.startsOn <= todayHere() && todayHere() <= c.endsOn) return 'today';
  if (c.phase === 'completed' || c.phase === 'cancelled') return 'done';
  return c.next === 'none' || c.next === 'wait' ? 'upcoming' : 'todo';
}

export default function ClassesPage() {
  const classes = useQuery(query(listClasses, {}));
  return (
    <>
      <Head title={t('classes.title')} sub={<Link href="/quan-ly/lan-toa">{t('lineage.own')}</Link>}>{classes.data?.mayOpen.some((m) => m.allowed) && <Button component={Link} href="/quan-ly/lop/moi">{t('classes.open')}</Button>}</Head>
      <Loaded query={classes} height={320}>{({ items, mayOpen }) =>
        items.length === 0
          ? <Empty action={mayOpen.some((m) => m.allowed) ? <Button component={Link} href="/quan-ly/lop/moi">{t('classes.open')}</Button> : undefined}>{t(mayOpen.some((m) => m.allowed) ? 'classes.empty' : 'classes.emptyUnqualified')}</Empty>
          : GROUPS.map((g) => {
              const own = items.filter((c) => groupOf(c) === g);
              return own.length > 0 && <section key={g} className="stack"><h2 style={{ margin: 0 }}>{t(`classes.${g}`)}</h2><ClassTable rows={own} /><ClassCards rows={own} /></section>;
            })
      }</Loaded>
    </>
  );
}

const nextText = (c: ClassRow): string => (c.next === 'none' || c.next === 'wait' ? '' : t(`classes.next.${c.next}`));

const ClassTable = ({ rows }: { rows: readonly ClassRow[] }) => (
  <div className="panel hide-small"><Table>
    <Table.Thead><Table.Tr><Table.Th>{t('classes.name')}</Table.Th><Table.Th>{t('classes.unit')}</Table.Th><Table.Th>{t('classes.days')}</Table.Th><Table.Th>{t('classes.enrolled')}</Table.Th><Table.Th>{t('classes.state')}</Table.Th><Table.Th>{t('classes.nextStep')}</Table.Th></Table.Tr></Table.Thead>
    <Table.Tbody>{rows.map((c) => <Table.Tr key={c.id}><Table.Td><Link href={`/quan-ly/lop/${c.id}`}>{c.title}</Link><p className="sub">{c.code} · {t('classes.tier', { name: c.tierName })}</p></Table.Td><Table.Td>{c.unitName}</Table.Td><Table.Td style={{ whiteSpace: 'nowrap' }}>{span(c.startsOn, c.endsOn)}</Table.Td><Table.Td>{c.enrolled}/{c.expected}</Table.Td><Table.Td><PhaseTag c={c} /></Table.Td><Table.Td>{nextText(c)}</Table.Td></Table.Tr>)}</Table.Tbody>
  </Table></div>
);

const ClassCards = ({ rows }: { rows: readonly ClassRow[] }) => (
  <div className="cards only-small">{rows.map((c) => <article key={c.id} className="panel"><span><PhaseTag c={c} /></span><strong>{c.title}</strong><p className="sub">{c.code} · {c.unitName} · {span(c.startsOn, c.endsOn)} · {t('classes.people', { n: c.enrolled })}</p>{c.note && <p className="sub">{t('classes.returnedWith', { note: c.note })}</p>}<Button component={Link} href={`/quan-ly/lop/${c.id}`} variant={nextText(c) ? 'filled' : 'outline'}>{nextText(c) || t('classes.see')}</Button></article>)}</div>
);
