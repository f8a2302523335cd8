import { IconCloudCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { moment } from '../../../lib/format.ts';
import { has, t } from '../../../lib/i18n.ts';
import { outboxOf, refusal, useSync } from '../../../lib/outbox.ts';
import type { KeptOperation } from '../../../lib/phone-store.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, Notice } from '../../../ui/parts.tsx';

/** A clock that is more than ten minutes off is said; nothing is refused for it. */
const SKEW_MS = 600_000;
const kindOf = (op: KeptOperation): string => (has(`work.${op.endpoint}`) ? t(`work.${op.endpoint}`) : op.endpoint);

/** Ten answers to one test are one line. */
function together(ops: readonly KeptOperation[]): KeptOperation[][] {
  const groups = new Map<string, KeptOperation[]>();
  for (const op of ops) groups.set(`${op.endpoint} ${op.about}`, [...(groups.get(`${op.endpoint} ${op.about}`) ?? []), op]);
  return [...groups.values()];
}

/** What was done on this phone and is not with the server yet, and what the server will not have as it is. */
export default function UnsentPage() {
  const personId = useSession()?.person?.id ?? '';
  const { known, waiting, refused, sending, trouble, sentAt, skewMs } = useSync();
  const outbox = outboxOf(personId);
  const kept = useQuery({ queryKey: ['kept-work', personId, waiting, refused], networkMode: 'always', queryFn: () => outbox.kept(), placeholderData: (before: KeptOperation[] | undefined) => before });
  const waits = (kept.data ?? []).filter((op) => !op.refused);
  return (
    <>
      <Bar title={t('work.title')} />
      <main className="page">
        {known && !waiting && !refused && <Notice kind="ok"><IconCloudCheck size={22} aria-hidden style={{ verticalAlign: '-5px' }} /> {t('work.allSent')}</Notice>}
        {sentAt && <p className="lead">{t('work.sentAt', { at: moment(sentAt) })}</p>}
        {Math.abs(skewMs) > SKEW_MS && <Notice kind="warn">{t('work.clock')}</Notice>}
        {waiting > 0 && trouble && <Notice kind="warn">{problemText(trouble)}</Notice>}
        {kept.data?.flatMap((op) => (op.refused ? [<Refused key={op.opId} op={op} onRetry={() => void outbox.retryRefused()} onDrop={() => void outbox.drop(op.opId)} />] : []))}
        {waits.length > 0 && <h2>{t('work.waiting', { n: waits.length })}</h2>}
        {together(waits).map((ops) => <div key={ops[0]?.opId} className="card"><strong>{ops[0]?.about}</strong><br /><span className="lead">{ops[0] && kindOf(ops[0])} · {t('work.count', { n: ops.length, at: moment(ops[0]?.deviceAt ?? '') })}</span></div>)}
        {waiting > 0 && <button type="button" className="btn" disabled={sending} onClick={() => void outbox.flush()}>{t(sending ? 'sync.sending' : 'work.sendNow')}</button>}
      </main>
    </>
  );
}

function Refused({ op, onRetry, onDrop }: { op: KeptOperation; onRetry: () => void; onDrop: () => void }) {
  const code = `${op.refused?.code} · ${op.opId.slice(-8)}`;
  return (
    <section className="card first">
      <h3>{op.about}</h3>
      <p className="lead">{kindOf(op)} · {moment(op.deviceAt)}</p>
      <Notice kind="bad">{op.refused && problemText(refusal(op.refused))}</Notice>
      <p className="lead">{t('work.readOut', { code })}</p>
      <button type="button" className="btn" onClick={onRetry}>{t('work.again')}</button>
      <button type="button" className="btn second" onClick={() => void navigator.clipboard?.writeText(code)}><IconCopy size={20} aria-hidden />{t('work.copy')}</button>
      <button type="button" className="btn text" onClick={onDrop}>{t('work.drop')}</button>
    </section>
  );
}
