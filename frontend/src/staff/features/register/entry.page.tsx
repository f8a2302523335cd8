import { getPaper } from '@lantoa/shared/credentials';
import { type ChangeAct, getEntry, type RegisterLine } from '@lantoa/shared/register';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addressOf, query } from '../../../lib/api.ts';
import { day, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { ChangeCase } from '../../../ui/change-case.tsx';
import { Receipts } from '../../../ui/receipts.tsx';
import { Head, Loaded } from '../../../ui/staff-parts.tsx';
import { AskChange } from './ask-change.tsx';
import { LOOK } from './state-look.ts';

const ACTS: readonly ChangeAct[] = ['revoke', 'reissue', 'correct'];

/** One certificate with the lines that are tied to it, and what two people may do to it. */
export default function EntryPage({ entryId }: { entryId: string }) {
  const entry = useQuery(query(getEntry, { params: { entryId } }));
  const may = new Set(useSession()?.permissions);
  const [act, setAct] = useState<ChangeAct>();
  return (
    <Loaded query={entry} height={400}>{({ entry: e, lines, verifyUrl, checks, waiting, mayAsk }) => (
      <>
        <Head title={e.registerNo ?? ''} sub={e.holderName} back="/quan-ly/so-cap">{e.state && <span className={`tag ${LOOK[e.state]}`}>{t(`state.${e.state}`)}</span>}</Head>
        {waiting && <ChangeCase r={waiting} />}
        <section className="panel stack">
          <dl className="facts2">{([['serial', e.serialNo], ['unit', e.unitName], ['birth', e.birthYear], ['course', `${e.title}, ${number(e.hours, 1)} ${t('entry.hours')}`], ['decision', e.decisionNo], ['issued', day(e.issuedOn)], ['until', day(e.validUntil)], ['received', e.receivedBy ? `${e.receivedBy}, ${e.receivedOn ? day(e.receivedOn) : ''}` : t('entry.notReceived')], ['checks', checks.lastOn ? t('entry.checks', { n: checks.times, day: day(checks.lastOn) }) : t('entry.noChecks')]] as const).map(([k, v]) => <div key={k}><dt>{t(`register.${k}`)}</dt><dd>{v ?? '–'}</dd></div>)}</dl>
          <div className="row-s">
            <Button component="a" variant="outline" target="_blank" href={addressOf(getPaper, { params: { entryId } })}>{t('entry.copy')}</Button>
            <Button component="a" variant="outline" target="_blank" href={verifyUrl}>{t('entry.verifyPage')}</Button>
            {may.has('batch.prepare') && <Receipts entryIds={[entryId]} label={t('receipts.one')} />}
            {mayAsk && ACTS.filter((a) => a !== 'reissue' || e.state === 'in-force').map((a) => <Button key={a} variant={a === 'revoke' ? 'subtle' : 'outline'} color={a === 'revoke' ? 'do' : undefined} onClick={() => setAct(a)}>{t(`change.${a}`)}</Button>)}
          </div>
        </section>
        <section className="panel"><h2>{t('entry.lines')}</h2>{lines.map((l) => <Line key={l.id} l={l} here={l.id === e.id} />)}</section>
        {act && <AskChange act={act} entry={e} onClose={() => setAct(undefined)} />}
      </>
    )}</Loaded>
  );
}

function Line({ l, here }: { l: RegisterLine; here: boolean }) {
  const name = l.registerNo ?? t(`register.about.${l.kind}`, { no: l.about ?? '' });
  return (
    <div className="person wraps"><span>{here || l.kind !== 'issue' ? <strong>{name}</strong> : <Link href={`/quan-ly/so-cap/${l.id}`}>{name}</Link>}<br /><span className="sub">{day(l.issuedOn)} · {l.decisionNo} · {l.holderName}, {l.unitName}{l.reason && <> · {t(`reason.${l.reason}`)}</>}{l.note && <> · {l.note}</>}</span></span>
      <span className={`tag ${l.state ? LOOK[l.state] : l.kind === 'revocation' ? 'bad' : 'warn'}`}>{l.state ? t(`state.${l.state}`) : t(`register.${l.kind}`)}</span></div>
  );
}
