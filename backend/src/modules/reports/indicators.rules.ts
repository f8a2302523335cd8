import type { Cascade, TierFigures } from '@lantoa/shared/cascade';
import type { Indicator } from '@lantoa/shared/reports';

/** Attendances and days of the classes that ended in a period, by tier from 1. */
export interface Held { tier: number; women: number; days: number }

/** The set that comes with the program: for each tier who was trained, passed, and women; then classes, certificates in force, places. */
export function usualIndicators(tiers: readonly { name: string }[]): Indicator[] {
  return [
    ...tiers.flatMap((t, i): Indicator[] => [
      { code: `LT_T${i + 1}_TRAINED`, name: `Tầng ${t.name}: dự lớp`, measure: 'enrolled', tier: i + 1 }, { code: `LT_T${i + 1}_PASSED`, name: `Tầng ${t.name}: đạt`, measure: 'passed', tier: i + 1 }, { code: `LT_T${i + 1}_WOMEN`, name: `Tầng ${t.name}: lượt nữ`, measure: 'women', tier: i + 1 },
    ]),
    { code: 'LT_CLASSES', name: 'Số lớp', measure: 'classes', tier: null }, { code: 'LT_IN_FORCE', name: 'Người có giấy còn hiệu lực', measure: 'in-force', tier: null }, { code: 'LT_COVERED', name: 'Xã, thôn có người', measure: 'covered-places', tier: null }, { code: 'LT_EMPTY', name: 'Xã, thôn chưa có ai', measure: 'empty-places', tier: null },
  ];
}

/**
 * The value of an indicator from the figures on the last day and on the day before the period: counts are what was added between, shares, scores and what is in force stand as on the last day. `null` where a
 * figure is hidden or there is none; a score or share of several tiers together is none.
 */
export function indicatorValue(i: Indicator, last: Cascade, before: Cascade, held: readonly Held[]): number | null {
  const tiers = (c: Cascade) => c.tiers.filter((_, k) => i.tier === null || k + 1 === i.tier);
  const sum = (c: Cascade, of: (t: TierFigures) => number) => tiers(c).reduce((total, t) => total + of(t), 0);
  const added = (of: (t: TierFigures) => number) => sum(last, of) - sum(before, of);
  const one = tiers(last).length === 1 ? tiers(last)[0] : undefined;
  const inPeriod = held.filter((h) => i.tier === null || h.tier === i.tier);
  switch (i.measure) {
    case 'enrolled': return added((t) => t.enrolled);
    case 'passed': return added((t) => t.passed);
    case 'classes': return added((t) => t.classes);
    case 'trainers': return added((t) => t.trainers);
    case 'certified': return added((t) => t.certified);
    case 'women': return inPeriod.reduce((total, h) => total + h.women, 0);
    case 'class-days': return inPeriod.reduce((total, h) => total + h.days, 0);
    case 'in-force': return sum(last, (t) => t.inForce);
    case 'reports-late': return sum(last, (t) => t.overdue.reports);
    case 'reach': { const target = sum(last, (t) => t.target); return target > 0 ? Math.round((sum(last, (t) => t.passed) / target) * 1000) / 10 : null; }
    case 'post': return one?.post.mean ?? null;
    case 'gain': return one?.gain.points ?? null;
    case 'covered-places': return last.answers.places.all - last.answers.places.empty;
    case 'empty-places': return last.answers.places.empty;
  }
}

/** A DHIS2 period identifier for whole months, quarters, half-years and years; `null` for any other stretch. */
export function dhis2Period(from: string, to: string): string | null {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  if (day !== 1 || to.slice(0, 4) !== from.slice(0, 4)) return null;
  const until = Number(to.slice(5, 7));
  if (Number(to.slice(8)) !== new Date(Date.UTC(year, until, 0)).getUTCDate()) return null;
  const months = until - month + 1;
  if (months === 1) return `${year}${String(month).padStart(2, '0')}`;
  if (months === 3 && month % 3 === 1) return `${year}Q${Math.ceil(month / 3)}`;
  if (months === 6 && month % 6 === 1) return `${year}S${month === 1 ? 1 : 2}`;
  return months === 12 ? String(year) : null;
}

/** Below this a count of a sensitive trait is not shown. */
export const HIDDEN_BELOW = 5;

/** Counts with every number from 1 to 4 taken out. @returns the rows, and how many numbers were hidden */
export function withoutSmall(rows: readonly (string | number | null)[][]): { rows: (string | number | null)[][]; hidden: number } {
  let hidden = 0;
  const shown = rows.map((r) => r.map((v) => { if (typeof v !== 'number' || v === 0 || v >= HIDDEN_BELOW) return v; hidden++; return null; }));
  return { rows: shown, hidden };
}
