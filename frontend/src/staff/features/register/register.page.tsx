import { exportBook, listRegister, printBook, type RegisterLine, verifyRegister } from '@lantoa/shared/register';
import { Alert, Button, Menu, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import { LOOK } from './state-look.ts';

const PAGE = 100;

/** The book: newest line first, never edited, with a check of its chain. */
export default function RegisterPage() {
  const [params, setParams] = useSearchParams();
  const [q, year, from] = [params.get('q') ?? '', params.get('nam') ?? '', Number(params.get('tu') ?? 0)];
  const set = (o: Record<string, string>) => setParams(Object.fromEntries(Object.entries({ q, nam: year, tu: '', ...o }).filter(([, v]) => v)), { replace: true });
  const lines = useQuery({ ...query(listRegister, { query: { ...(q && { q }), ...(year && { year: Number(year) }), limit: PAGE, offset: from } }), placeholderData: (old) => old });
  const check = useMutation({ mutationFn: () => call(verifyRegister, {}) });
  const years = lines.data?.years ?? [];
  const book = Number(year || years[0]);
  return (
    <>
      <Head title={t('register.title')} sub={lines.data ? t('register.count', { n: number(lines.data.total) }) : undefined}>
        <Button variant="outline" loading={check.isPending} onClick={() => check.mutate()}>{t('register.verify')}</Button>
        {years.length > 0 && <Menu position="bottom-end" transitionProps={{ duration: 0 }}><Menu.Target><Button variant="outline">{t('register.book', { year: book })}</Button></Menu.Target><Menu.Dropdown>
          {(['a4', 'a3'] as const).map((sheet) => <Menu.Item key={sheet} component="a" target="_blank" href={addressOf(printBook, { query: { year: book, sheet } })}>{t('register.bookPdf', { sheet: sheet.toUpperCase() })}</Menu.Item>)}
          <Menu.Item component="a" href={addressOf(exportBook, { query: { year: book } })} download={`so-cap-${book}.xlsx`}>{t('register.bookXlsx')}</Menu.Item>
        </Menu.Dropdown></Menu>}
      </Head>
      {check.data && <Alert color={check.data.brokenAt || check.data.gaps.length ? 'do' : 'rung'} role="status">{check.data.brokenAt ? t('register.broken', { at: check.data.brokenAt }) : check.data.gaps.length ? t('register.gaps', { list: check.data.gaps.slice(0, 5).join(', ') }) : <>{t('register.sound', { n: number(check.data.entries), last: check.data.last ?? '–' })}{check.data.head && <span className="sub" style={{ display: 'block', overflowWrap: 'anywhere' }}>{t('register.head', { hash: check.data.head })}</span>}</>}</Alert>}
      <ProblemAlert of={check} />
      <div className="filters"><TextInput type="search" label={t('register.find')} value={q} onChange={(e) => set({ q: e.currentTarget.value })} /><Select label={t('register.year')} value={year} onChange={(v) => set({ nam: v ?? '' })} data={[{ value: '', label: t('register.allYears') }, ...years.map((y) => ({ value: String(y), label: String(y) }))]} allowDeselect={false} /></div>
      <Loaded query={lines} height={400}>{({ items, total }) => items.length === 0 ? <Empty action={!q && <Button component={Link} variant="outline" href="/quan-ly/cap">{t('award.title')}</Button>}>{t(q ? 'register.noneFor' : 'register.empty', { q })}</Empty> : (
        <section className="panel">
          <Scroll wideOnly label={t('register.title')}><table className="data book"><thead><tr>{['no', 'holder', 'birth', 'unit', 'course', 'hours', 'decision', 'issued', 'until', 'received', 'state', 'note'].map((k) => <th key={k}>{t(`register.${k}`)}</th>)}</tr></thead><tbody>{items.map((l) => <Row key={l.id} l={l} />)}</tbody></table></Scroll>
          <div className="only-small">{items.map((l) => <div key={l.id} className="person"><span><Link href={`/quan-ly/so-cap/${l.id}`}><strong>{l.holderName}</strong></Link><br /><span className="sub">{l.registerNo ?? t(`register.about.${l.kind}`, { no: l.about ?? '' })} · {l.unitName}</span></span>{l.state && <span className={`tag ${LOOK[l.state]}`}>{t(`state.${l.state}`)}</span>}</div>)}</div>
          {total > PAGE && <div className="row-s no-print" style={{ marginTop: 12 }}><Button variant="outline" disabled={from === 0} onClick={() => set({ tu: String(Math.max(0, from - PAGE)) })}>{t('register.newer')}</Button><span className="sub">{t('register.range', { from: number(from + 1), until: number(Math.min(total, from + PAGE)), of: number(total) })}</span><Button variant="outline" disabled={from + PAGE >= total} onClick={() => set({ tu: String(from + PAGE) })}>{t('register.older')}</Button></div>}
        </section>
      )}</Loaded>
    </>
  );
}

function Row({ l }: { l: RegisterLine }) {
  return (
    <tr>
      <th scope="row"><Link href={`/quan-ly/so-cap/${l.id}`}>{l.registerNo ?? t(`register.about.${l.kind}`, { no: l.about ?? '' })}</Link></th><td>{l.holderName}</td><td className="num">{l.birthYear ?? ''}</td><td>{l.unitName}</td><td>{l.title}</td><td className="num">{number(l.hours, 1)}</td><td>{l.decisionNo}</td><td className="num">{day(l.issuedOn)}</td><td className="num">{l.kind === 'issue' ? day(l.validUntil) : ''}</td>
      <td>{l.receivedBy && <>{l.receivedBy}<br />{l.receivedOn && day(l.receivedOn)}</>}</td><td>{l.state ? <span className={`tag ${LOOK[l.state]}`}>{t(`state.${l.state}`)}</span> : <span className={`tag ${l.kind === 'revocation' ? 'bad' : 'warn'}`}>{t(`register.${l.kind}`)}</span>}</td><td>{[l.registerNo && l.about && t('register.about.issue', { no: l.about }), l.reason && t(`reason.${l.reason}`), l.note].filter(Boolean).join('. ')}</td>
    </tr>
  );
}
