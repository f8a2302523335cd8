import { type BankRow, exportGift, exportMoodleXml, listBank, openQuestionDraft, type QuestionFlag } from '@lantoa/shared/assessment';
import { questionKinds } from '@lantoa/shared/rules/marking';
import { Button, Checkbox, Menu, Select, Table, TextInput } from '@mantine/core';
import { fold } from '@lantoa/shared/rules/text';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import { Delta, Discrimination, Flags, Strength } from './figures.tsx';
import { ImportQuestions } from './import-questions.tsx';

const GRAVE: QuestionFlag[] = ['key-may-be-wrong', 'weak', 'too-hard-after'];
const weight = (r: BankRow): number => (r.figures.flags.includes('key-may-be-wrong') ? 0 : r.figures.flags.some((f) => GRAVE.includes(f)) ? 1 : r.figures.flags.length ? 2 : 3);

/** The questions of a course, the ones to look at first; filters stand in the address. */
export default function BankPage({ slug }: { slug: string }) {
  const [params, setParams] = useSearchParams();
  const [, navigate] = useLocation();
  const [importing, setImporting] = useState(false);
  const get = (k: string) => params.get(k) ?? '';
  const set = (k: string, v: string) => setParams((old) => { const next = new URLSearchParams(old); if (v) next.set(k, v); else next.delete(k); return next; }, { replace: true });
  const bank = useQuery(query(listBank, { params: { courseSlug: slug }, query: { ...(get('tang') && { cohort: get('tang') }), ...(get('tieng') && { language: get('tieng') as 'vi' }), ...(get('kenh') && { channel: get('kenh') as 'paper' }) } }));
  const begin = useMutation({ mutationFn: (kind: (typeof questionKinds)[number]) => call(openQuestionDraft, { params: { courseSlug: slug }, body: { kind } }), onSuccess: (d) => navigate(`/quan-ly/cau-hoi/nhap/${d.id}`) });
  return (
    <Loaded query={bank} height={500}>{(d) => {
      const q = fold(get('q'));
      const rows = d.items.filter((r) => (!q || fold(`${r.stem} ${r.slug}`).includes(q)) && (!get('chu-de') || r.topic === get('chu-de')) && (!get('co') || r.figures.flags.includes(get('co') as QuestionFlag)) && (!get('chung') || r.anchor)).sort((a, b) => weight(a) - weight(b));
      const options = (values: readonly string[], label = (v: string) => v) => values.map((value) => ({ value, label: label(value) }));
      return (
        <>
          <Head title={t('bank.title')} back={`/quan-ly/khoa/${slug}`} sub={t('bank.sub', { n: d.items.length, flagged: d.items.filter((r) => r.figures.flags.some((f) => GRAVE.includes(f))).length })}>
            {d.mayEdit && <Menu><Menu.Target><Button loading={begin.isPending}>{t('bank.add')}</Button></Menu.Target><Menu.Dropdown>{questionKinds.map((k) => <Menu.Item key={k} onClick={() => begin.mutate(k)}>{t(`kind.${k}`)}</Menu.Item>)}</Menu.Dropdown></Menu>}
            {d.mayEdit && <Button variant="outline" onClick={() => setImporting(true)}>{t('bank.import')}</Button>}
            <Menu><Menu.Target><Button variant="outline">{t('bank.export')}</Button></Menu.Target><Menu.Dropdown><Menu.Item component="a" href={addressOf(exportMoodleXml, { params: { courseSlug: slug } })}>Moodle XML</Menu.Item><Menu.Item component="a" href={addressOf(exportGift, { params: { courseSlug: slug } })}>GIFT</Menu.Item></Menu.Dropdown></Menu>
          </Head>
          <ProblemAlert of={begin} />
          {d.drafts.length > 0 && <section className="panel"><h2>{t('bank.drafts', { n: d.drafts.length })}</h2><ul className="tasks">{d.drafts.slice(0, 30).map((x) => <li key={x.id}><Link href={`/quan-ly/cau-hoi/nhap/${x.id}`}><span>{x.stem || t('bank.noStem')}</span><span className={`tag ${x.status === 'review' ? 'warn' : x.status === 'returned' ? 'bad' : 'busy'}`}>{t(`draft.${x.status}`)}{x.faults > 0 && ` · ${t('editor.toMend', { n: x.faults })}`}</span></Link></li>)}</ul></section>}
          <details className="panel" open={window.innerWidth > 800 || undefined}><summary>{t('bank.filters')}</summary><div className="row-s" style={{ alignItems: 'end' }}>
            <TextInput type="search" label={t('bank.find')} value={get('q')} onChange={(e) => set('q', e.currentTarget.value)} />
            <Select label={t('bank.topic')} clearable data={options([...new Set(d.items.map((r) => r.topic))])} value={get('chu-de') || null} onChange={(v) => set('chu-de', v ?? '')} />
            <Select label={t('bank.flag')} clearable data={options([...new Set(d.items.flatMap((r) => r.figures.flags))], (v) => t(`flag.${v}`))} value={get('co') || null} onChange={(v) => set('co', v ?? '')} />
            <Select label={t('bank.cohort')} clearable data={options(d.cohorts)} value={get('tang') || null} onChange={(v) => set('tang', v ?? '')} />
            <Select label={t('bank.language')} clearable data={options(d.languages, (v) => t(`language.${v}`))} value={get('tieng') || null} onChange={(v) => set('tieng', v ?? '')} />
            <Select label={t('bank.channel')} clearable data={options(['own-phone', 'shared-phone', 'paper'], (v) => t(`channel.${v}`))} value={get('kenh') || null} onChange={(v) => set('kenh', v ?? '')} />
            <Checkbox label={t('bank.anchors')} checked={Boolean(get('chung'))} onChange={(e) => set('chung', e.currentTarget.checked ? '1' : '')} />
          </div></details>
          {rows.length === 0 ? <Empty>{t(d.items.length ? 'bank.noneFor' : 'bank.empty')}</Empty> : <Rows rows={rows} />}
          <Dialog opened={importing} onClose={() => setImporting(false)} title={t('bank.import')} size="lg"><ImportQuestions slug={slug} onDone={() => void bank.refetch()} /></Dialog>
        </>
      );
    }}</Loaded>
  );
}

const Rows = ({ rows }: { rows: readonly BankRow[] }) => (
  <section className="panel">
    <Scroll label={t('bank.title')} wideOnly><Table><Table.Thead><Table.Tr>{['question', 'n', 'change', 'discrimination', 'flags'].map((k) => <Table.Th key={k}>{t(`bank.${k}`)}</Table.Th>)}</Table.Tr></Table.Thead><Table.Tbody>
      {rows.map((r) => <Table.Tr key={r.questionId}>
        <Table.Td><Link href={`/quan-ly/cau-hoi/${r.questionId}`}>{r.stem}</Link><p className="sub">{r.topic} · {t(`kind.${r.kind}`)}{r.anchor && ` · ${t('bank.anchor')}`}{r.usedIn.length > 0 && ` · ${r.usedIn.join(', ')}`}</p></Table.Td>
        <Table.Td><Strength f={r.figures} /></Table.Td><Table.Td><Delta f={r.figures} /></Table.Td><Table.Td><Discrimination f={r.figures} /></Table.Td><Table.Td><Flags f={r.figures} /></Table.Td>
      </Table.Tr>)}
    </Table.Tbody></Table></Scroll>
    <div className="only-small">{rows.map((r) => <Link key={r.questionId} href={`/quan-ly/cau-hoi/${r.questionId}`} className="person wraps" style={{ color: 'inherit' }}><span><Flags f={r.figures} /> <strong>{r.stem}</strong><br /><span className="sub">{r.topic}</span></span><span className="row-s"><Strength f={r.figures} /><Delta f={r.figures} /></span></Link>)}</div>
  </section>
);
