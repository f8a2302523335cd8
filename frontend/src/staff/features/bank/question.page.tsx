import { type BankQuestion, getBankQuestion, openQuestionDraft, type QuestionFigures } from '@lantoa/shared/assessment';
import { Alert, Button, Table, Tabs } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';
import { Delta, Discrimination, Flags, Strength } from './figures.tsx';

const share = (s: number | null): string => (s === null ? '–' : percent(s));

/** One question: how it looks, who chose what, and how that changed by version, tier and language. */
export default function QuestionPage({ id }: { id: string }) {
  const [, navigate] = useLocation();
  const question = useQuery(query(getBankQuestion, { params: { questionId: id } }));
  const begin = useMutation({ mutationFn: (courseSlug: string) => call(openQuestionDraft, { params: { courseSlug }, body: { questionId: id } }), onSuccess: (d) => navigate(`/quan-ly/cau-hoi/nhap/${d.id}`) });
  return (
    <Loaded query={question} height={500}>{(q) => (
      <>
        <Head title={q.versions[0]?.content.stem ?? q.slug} back={`/quan-ly/cau-hoi/khoa/${q.courseSlug}`} sub={`${q.versions[0]?.content.topic ?? ''} · ${q.slug}`}>
          {q.draft ? <Button component={Link} href={`/quan-ly/cau-hoi/nhap/${q.draft.id}`}>{t('bank.seeDraft')}</Button> : q.mayEdit && <Button loading={begin.isPending} onClick={() => begin.mutate(q.courseSlug)}>{t('bank.newVersion')}</Button>}
        </Head>
        <ProblemAlert of={begin} />
        {q.anchor && <Alert color="cham">{t('bank.anchorLocked')}</Alert>}
        <Tabs defaultValue={String(q.versions[0]?.number)}><Tabs.List>{q.versions.map((v) => <Tabs.Tab key={v.number} value={String(v.number)}>{t('courses.version', { n: v.number })}</Tabs.Tab>)}</Tabs.List>
          {q.versions.map((v) => <Tabs.Panel key={v.number} value={String(v.number)} pt="md"><Version v={v} /></Tabs.Panel>)}
        </Tabs>
        <Groups title={t('bank.byCohort')} rows={q.byCohort} />
        <Groups title={t('bank.byLanguage')} rows={q.byLanguage.map((r) => ({ ...r, name: t(`language.${r.name}`) }))} />
      </>
    )}</Loaded>
  );
}

function Version({ v }: { v: BankQuestion['versions'][number] }) {
  const f = v.figures;
  return (
    <div className="stack">
      <section className="answers">
        <div><Strength f={f} /><small>{t('bank.answers', { pre: number(f.nPre), post: number(f.nPost) })}</small></div>
        <div><Delta f={f} /><small>{f.gain === null ? t('bank.noPairs') : t('bank.gain', { points: number(f.gain * 100, 1), n: number(f.pairs) })}</small></div>
        <div><Discrimination f={f} /><small>{t('bank.discriminationWhat')}</small></div>
        <div>{f.flags.length ? <Flags f={f} /> : t(f.strength === 'none' ? 'strength.noVerdict' : 'bank.noFlag')}<small>{f.unknown === null ? '' : t('bank.unknown', { share: percent(f.unknown) })}</small></div>
      </section>
      {f.flags.map((x) => <Alert key={x} color={x === 'key-may-be-wrong' ? 'do' : 'nghe'}>{t(`flag.${x}.what`)}</Alert>)}
      <section className="panel"><h2>{t('bank.options')}</h2><Scroll label={t('bank.options')}><Table><Table.Thead><Table.Tr>{['option', 'share', 'upper', 'lower', 'reason'].map((k) => <Table.Th key={k}>{t(`bank.option.${k}`)}</Table.Th>)}</Table.Tr></Table.Thead><Table.Tbody>
        {v.options.map((o) => <Table.Tr key={o.choice}><Table.Td>{o.right ? <strong>{o.text} <span className="tag ok">{t('bank.key')}</span></strong> : o.text} {o.dead && <span className="tag warn">{t('flag.dead-option')}</span>}</Table.Td><Table.Td>{share(o.share)} <span className="sub">({number(o.n)})</span></Table.Td><Table.Td>{share(o.upper)}</Table.Td><Table.Td>{share(o.lower)}</Table.Td><Table.Td className="sub">{o.reason}</Table.Td></Table.Tr>)}
      </Table.Tbody></Table></Scroll><p className="sub">{t('bank.thirds')}</p></section>
    </div>
  );
}

const Groups = ({ title, rows }: { title: string; rows: readonly { name: string; figures: QuestionFigures }[] }) =>
  rows.length === 0 ? null : <section className="panel"><h2>{title}</h2>{rows.map((r) => <div key={r.name} className="person wraps"><strong>{r.name}</strong><Strength f={r.figures} /><Delta f={r.figures} /><Discrimination f={r.figures} /></div>)}</section>;
