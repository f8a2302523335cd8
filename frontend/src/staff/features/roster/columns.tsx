import { mapRoster, type RosterField, type RosterReview, rosterFields } from '@lantoa/shared/training';
import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Which column was taken for what, with the first values of each; a human may say otherwise. */
export function Columns({ review, onMapped }: { review: RosterReview; onMapped: (next: RosterReview) => void }) {
  const [changed, setChanged] = useState<Record<string, Record<number, RosterField | ''>>>({});
  const map = useMutation({ mutationFn: (sheet: string) => call(mapRoster, { params: { rosterId: review.id }, body: { sheet, columns: Object.entries(changed[sheet] ?? {}).map(([column, field]) => ({ column: Number(column), field: field || null })) } }), onSuccess: (next, sheet) => { setChanged({ ...changed, [sheet]: {} }); onMapped(next); } });
  const choices = [{ value: '', label: t('columns.none') }, ...rosterFields.map((f) => ({ value: f, label: t(`columns.${f}`) }))];
  return (
    <details><summary style={{ cursor: 'pointer', minHeight: 40 }}>{t('columns.title')}</summary>
      <ProblemAlert of={map} />
      {review.sheets.map((s) => {
        const own = changed[s.sheet] ?? {};
        const fieldOf = (column: number): RosterField | '' => own[column] ?? s.columns.find((c) => c.column === column)?.field ?? '';
        return (
          <div key={s.sheet} className="stack" style={{ marginTop: 8 }}>{review.sheets.length > 1 && <strong>{s.sheet}</strong>}
            {s.headers.map((h) => <div key={h.column} className="person wraps"><span><strong>{h.header || t('columns.noHeader')}</strong><br /><span className="sub">{h.samples.join(' · ')}</span></span><NativeSelect aria-label={t('columns.is', { header: h.header || t('columns.noHeader') })} value={fieldOf(h.column)} data={choices} onChange={(e) => setChanged({ ...changed, [s.sheet]: { ...own, [h.column]: e.currentTarget.value as RosterField | '' } })} /></div>)}
            {Object.keys(own).length > 0 && <div><Button size="compact-md" loading={map.isPending} onClick={() => map.mutate(s.sheet)}>{t('columns.readAgain')}</Button></div>}
          </div>
        );
      })}
    </details>
  );
}
