/**
 * What is counted, so that every figure of the cascade is made of sums: people (`enrolled`, `passed`, `certified`, `inForce`, `idle`, `trainers`), sizes, sums and sums of squares of shares
 * right on anchors (0–1), places. An amount is a change on a day; what holds on a day is the sum of all changes until then.
 */
export const AMOUNTS = [
  /** People whose first class of the tier ended; people who passed it for the first time. */
  'enrolled', 'passed',
  /** Post-test, pre-test, and post minus pre of people who sat both. */
  'pre_n', 'pre_sum', 'pre_squares', 'post_n', 'post_sum', 'post_squares', 'gain_n', 'gain_sum', 'gain_squares',
  /** The same questions in the post-test and about 30, 90 and 180 days later: people, and their shares right then and later. */
  'kept30_n', 'kept30_post', 'kept30_later', 'kept90_n', 'kept90_post', 'kept90_later', 'kept180_n', 'kept180_post', 'kept180_later',
  /** Places in approved classes, classes, people who taught for the first time. */
  'planned', 'classes', 'trainers',
  /** People who were certified for the first time; whose certificate is in force; who may teach and have not. */
  'certified', 'in_force', 'idle',
  'reports_late', 'refreshers_late',
  /** People to be reached. */
  'target',
  /** Lowest units (villages, or communes without villages), and those with enough certified people in post. */
  'places', 'covered',
] as const;
export type Amount = (typeof AMOUNTS)[number];
export type Amounts = Record<Amount, number>;

/** Stands for the whole country where a unit is asked for, and for all programmes where a tier or programme is. */
export const ALL = '00000000-0000-0000-0000-000000000000';

/** When after the class retention is measured, in days (screens.md §5.1 and §5.2, V6: 90 ± 14; a week and three weeks around 30 and 180). */
export const RETENTION = [{ days: 30, give: 7 }, { days: 90, give: 14 }, { days: 180, give: 21 }] as const;

/** Shares become multiples of 2⁻³⁰ (a billionth): sums of up to eight million of them are exact in a double, so what followed one by one is, to the last digit, what is made anew in any other order. */
const exact = (amount: Amount, of: string): string => (/_(sum|squares|post|later)$/.test(amount) ? `round((${of})::float8 * 1073741824) / 1073741824` : `(${of})::float8`);

/** SQL: one branch of a union that gives `source_id, of_id, unit_id, day` (`head`) and the amounts named; the others are 0. */
export const branch = (head: string, amounts: Partial<Record<Amount, string>>, from: string): string =>
  `select ${head}, ${AMOUNTS.map((a) => { const of = amounts[a]; return `${of === undefined ? '0::float8' : exact(a, of)} as ${a}`; }).join(', ')} from ${from}`;

/** SQL: each amount through the same expression. */
export const each = (of: (amount: Amount) => string): string => AMOUNTS.map(of).join(', ');

const upsert = (table: string, day: string): string =>
  `insert into ${table} as s (of_id, unit_id, day, valid, ${each((a) => a)}) select of_id, unit_id, ${day}, valid, ${each((a) => `sum(${a})`)} from delta group by 1, 2, 3, 4
     on conflict (of_id, unit_id, day, valid) do update set ${each((a) => `${a} = s.${a} + excluded.${a}`)}`;

/** The tables of sums, and in SQL the first day of the span of `day` that a row of each stands for. */
export const SPANS = { cascade_sum: 'day', cascade_month: "date_trunc('month', day)::date", cascade_year: "date_trunc('year', day)::date" } as const;

/** SQL: adds what `delta` gives (`of_id, unit_id, day, valid` and the amounts) to the sums of its days, months and years, in one statement. */
export const addUp = (withs: string, delta: string): string =>
  `with ${withs ? `${withs}, ` : ''}delta as materialized (${delta}), ${Object.entries(SPANS).map(([table, first]) => `in_${table} as (${upsert(table, first)})`).join(', ')} select`;
