import type { RosterDecision, RosterReview } from '@lantoa/shared/training';
import { Button } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';

/** `NGUYỄN THỊ HOA` → `Nguyễn Thị Hoa`; the letter behind `H'` too. */
const quiet = (name: string): string => name.toLowerCase().replace(/(^|[\s\-(]|(?<=(?:^|\s)\p{L})['’ʼ])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

/** What is wrong in the same way on many rows is mended once for all of them. */
export function Bulk({ review, busy, onDecide }: { review: RosterReview; busy: boolean; onDecide: (decisions: RosterDecision[]) => void }) {
  const open = review.rows.filter((r) => r.state !== 'skipped');
  const shouted = open.filter((r) => r.problems.includes('name-capitals'));
  const doubles = open.filter((r) => r.problems.includes('duplicate-row'));
  const maybe = open.filter((r) => r.problems.includes('person-maybe') && r.person);
  const noPhone = open.filter((r) => r.problems.includes('phone-length') || r.problems.includes('phone-format'));
  const odd = open.filter((r) => r.state === 'check' && r.problems.includes('birth-year-odd') && r.birthYear !== null);
  const all: [string, number, () => RosterDecision[]][] = [
    ['capitals', shouted.length, () => shouted.map((r) => ({ line: r.line, name: quiet(r.name) }))],
    ['doubles', doubles.length, () => doubles.map((r) => ({ line: r.line, skip: true }))],
    ['maybe', maybe.length, () => maybe.map((r) => ({ line: r.line, person: r.person?.id ?? ('new' as const) }))],
    ['noPhone', noPhone.length, () => noPhone.map((r) => ({ line: r.line, phone: null }))],
    ['odd', odd.length, () => odd.map((r) => ({ line: r.line, birthYear: r.birthYear as number }))],
  ];
  const useful = all.filter(([, n]) => n >= 2);
  if (!useful.length) return null;
  return <div className="row-s" role="group" aria-label={t('bulk.title')}>{useful.map(([key, n, make]) => <Button key={key} size="compact-md" variant="light" disabled={busy} onClick={() => onDecide(make())}>{t(`bulk.${key}`, { n })}</Button>)}</div>;
}
