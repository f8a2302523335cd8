import { getHallCode } from '@lantoa/shared/attendance';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

const REFRESH_MS = 5000;

/** The code that changes each half minute, large enough for a wall; a count, no names. */
export function HallCode({ sessionId, onSeen }: { sessionId: string; onSeen: () => void }) {
  const code = useQuery({ ...query(getHallCode, { params: { sessionId } }), refetchInterval: REFRESH_MS, refetchIntervalInBackground: true });
  const present = code.data?.present;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the count has changed
  useEffect(() => { if (present !== undefined) onSeen(); }, [present]);
  return (
    <div className="stack" style={{ justifyItems: 'center', textAlign: 'center' }}>
      <ProblemAlert of={code} />
      {code.data && <><p style={{ margin: 0 }}>{t('attendance.codeHow')}</p>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that our own server has drawn */}
        <div className="hall-code" dangerouslySetInnerHTML={{ __html: code.data.qrSvg }} />
        <strong style={{ fontSize: 24 }}>{t('attendance.codeCount', { n: code.data.present, of: code.data.of })}</strong><p className="sub">{t('attendance.codeNeeds')}</p></>}
    </div>
  );
}
