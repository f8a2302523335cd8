import type { Slip } from '@lantoa/shared/access';
import type { z } from 'zod';
import { Button } from '@mantine/core';
import { day } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';

/** Activation slips to print, eight on a page, in the order of the list. The code is shown this once and never again. */
export function SlipSheet({ slips }: { slips: readonly z.infer<typeof Slip>[] }) {
  return (
    <div className="stack">
      <div className="no-print"><Button onClick={() => window.print()}>{t('slips.print')}</Button></div>
      <div className="slips">{slips.map((s) => <div key={s.personId}><strong>{s.name}</strong><p className="sub">{t('slips.code')}</p><code>{s.code}</code><p className="sub">{t('slips.until', { day: day(s.expiresOn) })}</p><p className="sub" style={{ overflowWrap: 'anywhere' }}>{t('slips.go', { address: s.link.split('/vao')[0]?.replace(/^https?:\/\//, '') ?? '' })}</p></div>)}</div>
    </div>
  );
}
