import { ApiProblem } from './api.ts';
import { has, t } from './i18n.ts';

/** What went wrong and what to do, in the reader's language; with the number to read over the phone when the fault is ours. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problems.server.failure', { requestId: '' });
  const params: Record<string, string | number> = { ...error.body?.params, requestId: error.body?.requestId?.slice(0, 8) ?? '' };
  const reason = typeof params.reason === 'string' && has(`problems.${error.code}.${params.reason}`) ? `.${params.reason}` : '';
  return t(`problems.${error.code}${reason}`, params);
}
