import { type Certificate, getBadge, getCredential, getPaper, listMyCertificates } from '@lantoa/shared/credentials';
import { IconDownload, IconQrcode, IconShare, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { addressOf, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Bar, Notice, ReadState } from '../../../ui/parts.tsx';

const LOOK = { 'in-force': 'ok', expired: 'warn', revoked: 'bad', replaced: '' } as const;
/** What the badge says: a certificate that is open for renewal is amber while it still holds. */
const lookOf = (c: Certificate): string => (c.stage === 'open' ? 'warn' : LOOK[c.state]);
const wordsOf = (c: Certificate): string => t(c.stage === 'open' ? 'wallet.lapsing' : c.stage === 'grace' ? 'wallet.grace' : `wallet.${c.state}`, { day: day(c.validUntil) });

/** See, show and save one's own certificates. */
export default function CertificatesPage() {
  const mine = useQuery(query(listMyCertificates, {}));
  return (
    <>
      <Bar title={t('tabs.certificates')} />
      <main className="page">
        <h2 style={{ fontSize: '1.5rem' }}>{t('wallet.title')}</h2>
        <ReadState of={[mine]} />
        {mine.data?.items.length === 0 && <Notice>{t('wallet.empty')}</Notice>}
        {mine.data?.items.map((c) => <Held key={c.id} c={c} />)}
      </main>
    </>
  );
}

function Held({ c }: { c: Certificate }) {
  const code = useRef<HTMLDialogElement>(null);
  return (
    <article className="card">
      <span><span className={`badge ${lookOf(c)}`}>{c.state === 'in-force' && <IconShieldCheck size={18} aria-hidden />}{wordsOf(c)}</span></span>
      <h3>{c.title}</h3>
      <dl className="facts"><dt>{t('wallet.number')}</dt><dd>{c.registerNo}</dd><dt>{t('wallet.issued')}</dt><dd>{day(c.issuedOn)}</dd><dt>{t('wallet.until')}</dt><dd>{day(c.validUntil)}</dd><dt>{t('wallet.by')}</dt><dd>{c.issuerName}</dd></dl>
      {c.state === 'revoked' && <Notice kind="bad">{t('wallet.why', { reason: c.reason ?? '–', day: c.endedOn ? day(c.endedOn) : '' })}{c.issuerPhone && <> <a href={`tel:${c.issuerPhone}`}>{t('wallet.call', { phone: c.issuerPhone })}</a></>}</Notice>}
      {c.state === 'replaced' && c.replacedBy && <p className="lead">{t('wallet.replacedBy', { number: c.replacedBy })}</p>}
      {(c.stage === 'open' || c.stage === 'grace') && <a className="btn second" href="/hoc">{t('wallet.renew')}</a>}
      <button type="button" className="btn" onClick={() => code.current?.showModal()}><IconQrcode aria-hidden />{t('wallet.show')}</button>
      <a className="btn second" href={addressOf(getPaper, { params: { entryId: c.id } })} download={`${c.registerNo.replaceAll('/', '-')}.pdf`}><IconDownload aria-hidden />{t('wallet.save')}</a>
      {typeof navigator.share === 'function' && <button type="button" className="btn second" onClick={() => void navigator.share({ title: c.title, text: `${c.title}, ${c.registerNo}`, url: c.verifyUrl }).catch(() => {})}><IconShare aria-hidden />{t('wallet.send')}</button>}
      <details><summary>{t('wallet.digital')}</summary><p className="lead">{t('wallet.digitalAbout')}</p><a className="btn second" href={addressOf(getCredential, { params: { entryId: c.id } })} download={`${c.registerNo.replaceAll('/', '-')}.json`}>{t('wallet.json')}</a><a className="btn second" href={addressOf(getBadge, { params: { entryId: c.id } })} download={`${c.registerNo.replaceAll('/', '-')}.png`}>{t('wallet.badge')}</a></details>
      <dialog ref={code} className="qr" aria-label={t('wallet.show')}><div>
        <h2>{c.holderName}</h2>
        <img alt={t('wallet.qrAlt', { number: c.registerNo })} src={`data:image/svg+xml;utf8,${encodeURIComponent(c.qrSvg)}`} style={{ width: 'min(78vw, 340px)' }} />
        <strong>{c.registerNo}</strong>
        <p className="lead">{t('wallet.bright')}</p>
        <form method="dialog" style={{ width: '100%', maxWidth: 360 }}><button type="submit" className="btn">{t('ui.close')}</button></form>
      </div></dialog>
    </article>
  );
}
