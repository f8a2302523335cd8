import { type Certificate, getPaper, listMyCertificates } from '@lantoa/shared/credentials';
import { IconDownload, IconQrcode, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { addressOf, query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';

const LOOK = { 'in-force': 'ok', expired: 'warn', revoked: 'bad', replaced: '' } as const;

/** See, show and save one's own certificates. */
export default function CertificatesPage() {
  const mine = useQuery(query(listMyCertificates, {}));
  return (
    <>
      <Bar title={t('tabs.certificates')} />
      <main className="page">
        <h2 style={{ fontSize: '1.5rem' }}>{t('wallet.title')}</h2>
        {mine.isPending && <Skeletons n={1} />}
        {mine.isError && <Notice kind="bad">{problemText(mine.error)}</Notice>}
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
      <span><span className={`badge ${LOOK[c.state]}`}>{c.state === 'in-force' && <IconShieldCheck size={18} aria-hidden />}{t(`wallet.${c.state}`, { day: day(c.validUntil) })}</span></span>
      <h3>{c.title}</h3>
      <dl className="facts"><dt>{t('wallet.number')}</dt><dd>{c.registerNo}</dd><dt>{t('wallet.issued')}</dt><dd>{day(c.issuedOn)}</dd><dt>{t('wallet.until')}</dt><dd>{day(c.validUntil)}</dd><dt>{t('wallet.by')}</dt><dd>{c.issuerName}</dd></dl>
      <button type="button" className="btn" onClick={() => code.current?.showModal()}><IconQrcode aria-hidden />{t('wallet.show')}</button>
      <a className="btn second" href={addressOf(getPaper, { params: { entryId: c.id } })} download={`${c.registerNo.replaceAll('/', '-')}.pdf`}><IconDownload aria-hidden />{t('wallet.save')}</a>
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
