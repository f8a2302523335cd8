import { TextInput } from '@mantine/core';
import { todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

const KEY = 'lantoa-signed-by';
export interface Signed { decisionNo: string; issuedOn: string; signerTitle: string; signerName: string }
/** What was typed last about the signer stands there again; number and day do not. */
export function signedBy(): Signed {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Signed>;
  return { decisionNo: '', issuedOn: todayHere(), signerTitle: kept.signerTitle ?? 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH', signerName: kept.signerName ?? '' };
}

/** Decision, day, and who signs. */
export function SignedBy({ said, set, min }: { said: Signed; set: (s: Signed) => void; min?: string }) {
  const change = (k: keyof Signed) => (e: { currentTarget: { value: string } }) => {
    const next = { ...said, [k]: e.currentTarget.value };
    localStorage.setItem(KEY, JSON.stringify({ signerTitle: next.signerTitle, signerName: next.signerName }));
    set(next);
  };
  return (
    <div className="filters">
      <TextInput label={t('award.decisionNo')} value={said.decisionNo} onChange={change('decisionNo')} required />
      <TextInput label={t('award.issuedOn')} type="date" value={said.issuedOn} min={min} max={todayHere()} onChange={change('issuedOn')} required />
      <TextInput label={t('award.signerTitle')} description={t('batch.signerHint')} value={said.signerTitle} onChange={change('signerTitle')} required />
      <TextInput label={t('award.signerName')} value={said.signerName} onChange={change('signerName')} required />
    </div>
  );
}
