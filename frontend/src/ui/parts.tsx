import { IconAlertTriangle, IconChevronLeft, IconChevronRight, IconCloudCheck, IconCloudUp, IconDeviceMobileCheck, IconExclamationCircle } from '@tabler/icons-react';
import type { InputHTMLAttributes, ReactNode } from 'react';
import { Link } from 'wouter';
import { ApiProblem } from '../lib/api.ts';
import { moment } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { problemText } from '../lib/problem-text.ts';
import { useSync } from '../lib/outbox.ts';

const LOOKS = { sent: ['ok', IconCloudCheck], saved: ['', IconDeviceMobileCheck], sending: ['busy', IconCloudUp], failed: ['warn', IconExclamationCircle], choice: ['bad', IconAlertTriangle] } as const;
/** "Saved on this phone" and "sent" are two different things, in icon, word and colour. Opens the list of what waits. Where there is little room, what stands between bars is only heard. */
export function SyncBadge({ narrow = false }: { narrow?: boolean }) {
  const { known, waiting, refused, sending, trouble } = useSync();
  if (!known) return null;
  const away = !(trouble instanceof ApiProblem) || trouble.code === 'network';
  const state = refused ? 'choice' : !waiting ? 'sent' : sending ? 'sending' : trouble && !away ? 'failed' : 'saved';
  const [look, Icon] = LOOKS[state];
  return <Link className={`badge ${look}`} href="/hoc/viec-tren-may"><Icon size={18} aria-hidden /><span aria-live="polite">{t(`sync.${state}`, { n: refused || waiting }).split('|').map((part, i) => <span key={part} className={narrow && i === 1 ? 'sr' : undefined}>{part}</span>)}</span></Link>;
}

export function Bar({ title, back, heading = true, side = <SyncBadge narrow={back !== undefined} /> }: { title: string; back?: string; heading?: boolean; side?: ReactNode }) {
  return (
    <header className="bar"><div>
      {back ? <Link className="back" href={back}><IconChevronLeft size={24} aria-hidden />{t('ui.back')}</Link> : heading ? <h1>{title}</h1> : <strong>{title}</strong>}
      {back && <strong>{title}</strong>}
      {side}
    </div></header>
  );
}

export const LinkCard = ({ href, title, note }: { href: string; title: string; note?: string }) => (
  <Link className="card link" href={href}><span><strong>{title}</strong>{note && <><br /><span className="lead">{note}</span></>}</span><IconChevronRight aria-hidden /></Link>
);

/** A labelled input; the error stands under the label in the same words as in the summary. */
export function Field({ id, label, hint, error, ...input }: { id: string; label: string; hint?: string; error?: string | undefined } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <div className={`field ${error ? 'wrong' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {hint && <span className="hint" id={`${id}-hint`}>{hint}</span>}
      {error && <span className="error" id={`${id}-error`}>{error}</span>}
      <input id={id} aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined} aria-invalid={error ? true : undefined} {...input} />
    </div>
  );
}

/** What failed, that work is safe, what to do. */
export const Notice = ({ kind = '', children }: { kind?: 'bad' | 'ok' | 'warn' | ''; children: ReactNode }) => <div className={`notice ${kind}`} role={kind === 'bad' ? 'alert' : undefined}>{children}</div>;

interface Asked { failureReason: Error | null; isPending: boolean; data: unknown; dataUpdatedAt: number }
/** Where what a page shows comes from: it is on its way, it could not be had, or the network is away and this is the copy that the phone has kept. */
export function ReadState({ of }: { of: readonly Asked[] }) {
  const failed = of.find((q) => q.failureReason)?.failureReason;
  if (!failed) return of.some((q) => q.isPending) ? <Skeletons /> : null;
  if (of.some((q) => q.data === undefined)) return <Notice kind="warn">{problemText(failed)}</Notice>;
  return <p className="lead" role="status"><IconDeviceMobileCheck size={18} aria-hidden style={{ verticalAlign: '-3px' }} /> {t('offline.copy', { at: moment(new Date(Math.min(...of.map((q) => q.dataUpdatedAt))).toISOString()) })}</p>;
}

export const Skeletons = ({ n = 2 }: { n?: number }) => <>{Array.from({ length: n }, (_, i) => <div key={i} className="skeleton" aria-hidden />)}<span className="sr" role="status">{t('ui.loading')}</span></>;
