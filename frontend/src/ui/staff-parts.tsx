import { Alert, Button, Modal, type ModalProps, Skeleton } from '@mantine/core';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ApiProblem } from '../lib/api.ts';
import { moment } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { problemText } from '../lib/problem-text.ts';

/** What failed, where it was asked for. */
export const ProblemAlert = ({ of }: { of: UseMutationResult<any, Error, any> | { isError: boolean; error: Error | null } }) => (of.isError ? <Alert color="do" role="alert">{problemText(of.error)}</Alert> : null);

export function Head({ title, sub, back, children }: { title: string; sub?: ReactNode; back?: string; children?: ReactNode }) {
  return <div style={{ display: 'flex', gap: 16, flexWrap: 'wrap', alignItems: 'end', justifyContent: 'space-between' }}><div style={{ minWidth: 0 }}>{back && <Link href={back}>‹ {t('ui.back')}</Link>}<h1 style={{ margin: 0 }}>{title}</h1>{sub && <p className="sub">{sub}</p>}</div>{children && <div className="no-print" style={{ display: 'flex', gap: 8, flexWrap: 'wrap' }}>{children}</div>}</div>;
}

/** The three states of a query: a skeleton of real height, the error with another try, or the content. */
export function Loaded<T>({ query, children, height = 160 }: { query: UseQueryResult<T>; children: (data: T) => ReactNode; height?: number }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Alert color="do" role="alert"><p style={{ marginTop: 0 }}>{problemText(query.error)}</p><Button variant="outline" color="do" onClick={() => void query.refetch()}>{t('ui.again')}</Button></Alert>;
  return <Skeleton height={height} animate={false} aria-label={t('ui.loading')} />;
}

/** Says that there is no network and from when the copy is that is shown. */
export const Copy = ({ of }: { of: UseQueryResult }) => (of.data !== undefined && of.failureReason instanceof ApiProblem && of.failureReason.code === 'network' ? <p className="sub" role="status">{t('offline.copy', { at: moment(new Date(of.dataUpdatedAt).toISOString()) })}</p> : null);

/** A dialog with a name, a named way out, and no animation to wait for. */
export const Dialog = (props: ModalProps & { title: string }) => <Modal closeButtonProps={{ 'aria-label': t('ui.close') }} transitionProps={{ duration: 0 }} {...props} />;

export const Empty = ({ children, action }: { children: ReactNode; action?: ReactNode }) => <div className="panel stack" style={{ justifyItems: 'start' }}><p style={{ margin: 0 }}>{children}</p>{action}</div>;

/** What may be wider than the screen scrolls in itself, by finger, wheel or keys. */
export const Scroll = ({ label, wideOnly = false, children }: { label: string; wideOnly?: boolean; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <section className={wideOnly ? 'hide-small scroll' : 'scroll'} aria-label={label} tabIndex={0}>{children}</section>
);
