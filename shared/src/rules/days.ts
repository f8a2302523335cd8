/** Calendar days as `YYYY-MM-DD`. They compare as strings, and none of these functions knows a clock or a time zone. */
export type Day = string;

/** The day `n` days after `day` (before it, for a negative `n`). */
export const addDays = (day: Day, n: number): Day => {
  const d = new Date(`${day}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
};

/** The day `n` months after `day`; the last of the month where that day does not exist (31 Jan + 1 = 28 Feb). */
export const addMonths = (day: Day, n: number): Day => {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(y, m - 1 + n + 1, 0));
  return new Date(Date.UTC(y, m - 1 + n, Math.min(d, last.getUTCDate()))).toISOString().slice(0, 10);
};

/** Whole days from `a` to `b`. */
export const daysBetween = (a: Day, b: Day): number => Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86_400_000);

/** A half-open period `[from, until)`; no `until` means open-ended. */
export interface Period { from: Day; until: Day | null }

/** Is the period in force on `day`? Its first day counts, its `until` day does not. */
export const holdsOn = (p: Period, day: Day): boolean => p.from <= day && (p.until === null || day < p.until);

/** The calendar day in Viet Nam (UTC+7, no summer time) of an instant. */
export const dayInVietnam = (at: Date): Day => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
