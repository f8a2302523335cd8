import { type Candidate, listCandidates, prepareBatch } from '@lantoa/shared/awarding';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Redirect, useLocation, useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number, percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { SignedBy, signedBy } from './signed-by.tsx';

type Reasons = Record<string, string>;

/** A batch of classes: who is in and who is not by the rules, then decision, date and who signs. Numbers come with the approval. */
export default function BatchWizardPage() {
  const [params] = useSearchParams();
  const classes = params.get('lop') ?? '';
  const candidates = useQuery({ ...query(listCandidates, { query: { classes } }), enabled: classes !== '' });
  const [over, setOver] = useState<Reasons>({});
  const [out, setOut] = useState<Reasons>({});
  const [said, setSaid] = useState(signedBy());
  const [, go] = useLocation();
  const client = useQueryClient();
  const list = (r: Reasons) => Object.entries(r).map(([enrolmentId, reason]) => ({ enrolmentId, reason }));
  const prepare = useMutation({
    mutationFn: () => call(prepareBatch, { body: { classIds: classes.split(','), ...said, overrides: list(over), leftOut: list(out) } }, { key: newId() }),
    onSuccess: (b) => { void client.invalidateQueries({ queryKey: ['awarding'] }); go(`/quan-ly/cap/${b.id}`); },
  });
  // Classes are chosen on the page before.
  if (!classes) return <Redirect to="/quan-ly/cap" />;
  return (
    <>
      <Head title={t('award.prepare')} back="/quan-ly/cap" />
      <Loaded query={candidates} height={400}>{(c) => {
        const [yes, no] = [c.items.filter((i) => i.eligible), c.items.filter((i) => !i.eligible)];
        const given = yes.length - yes.filter((i) => i.enrolmentId in out).length + Object.keys(over).length;
        const unsaid = [...Object.values(over), ...Object.values(out)].some((r) => r.trim().length < 5);
        return (
          <form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); prepare.mutate(); }}>
            {c.local && <Alert color="nghe" title={t('batch.localTitle')}>{t('batch.local', { address: c.address })}</Alert>}
            <section className="panel stack"><div><h2>{t('batch.who')}</h2><p className="sub"><strong>{c.certificateTitle}</strong>. {t('batch.rules', { attendance: percent(c.minAttendance), mark: percent(c.passMark) })}</p></div>
              <p style={{ margin: 0 }}><span className="tag ok">{t('batch.eligible', { n: yes.length })}</span> <span className="tag">{t('batch.notEligible', { n: no.length })}</span></p>
              {no.length > 0 && <details open><summary>{t('award.out', { n: no.length })}</summary>{no.map((i) => <Row key={i.enrolmentId} i={i} says={over} set={setOver} label={i.mayOverride ? t('batch.override') : null} />)}</details>}
              <details><summary>{t('batch.seeEligible', { n: yes.length })}</summary>{yes.map((i) => <Row key={i.enrolmentId} i={i} says={out} set={setOut} label={t('batch.leaveOut')} />)}</details>
            </section>
            <section className="panel stack"><h2>{t('batch.paper')}</h2><p className="sub">{t('batch.template', { name: c.templateName ?? '–' })}</p><SignedBy said={said} set={setSaid} min={c.earliest} /></section>
            <ProblemAlert of={prepare} />
            <div><Button type="submit" loading={prepare.isPending} disabled={given === 0 || unsaid}>{t('batch.prepareN', { n: number(given) })}</Button>{unsaid && <p className="sub">{t('batch.reasonNeeded')}</p>}</div>
          </form>
        );
      }}</Loaded>
    </>
  );
}

/** Somebody with what was achieved; with the box, a reason is asked for. */
function Row({ i, says, set, label }: { i: Candidate; says: Reasons; set: (r: Reasons) => void; label: string | null }) {
  const on = i.enrolmentId in says;
  const toggle = () => { const { [i.enrolmentId]: _gone, ...rest } = says; set(on ? rest : { ...says, [i.enrolmentId]: '' }); };
  return (
    <div className="person wraps"><span><strong>{i.name}</strong><br /><span className="sub">{i.unitName} · {t('batch.achieved', { attended: i.attended, sessions: i.sessions, score: i.score === null ? '–' : percent(i.score) })}{i.reasons.length > 0 && <> · {i.reasons.map((r) => t(`eligible.${r}`)).join(', ')}</>}</span></span>
      {label && <Checkbox label={label} checked={on} onChange={toggle} />}
      {on && <TextInput style={{ flex: '1 1 100%' }} label={t('batch.reasonOf', { name: i.name })} value={says[i.enrolmentId]} onChange={(e) => set({ ...says, [i.enrolmentId]: e.currentTarget.value })} required />}
    </div>
  );
}
