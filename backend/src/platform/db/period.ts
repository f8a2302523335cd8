import type { Period } from '@lantoa/shared/rules/days';

/** A `daterange` column as `{ from, until }`, half-open like PostgreSQL's canonical form `[from,until)`. */
export const periodColumn = {
  type: 'daterange' as const,
  transformer: {
    to: (p: Period) => `[${p.from},${p.until ?? ''})`,
    from: (text: string): Period => {
      const [from = '', until = ''] = text.slice(1, -1).split(',');
      return { from, until: until || null };
    },
  },
};

/** SQL: does a period hold on a day? Said with its bounds and not with `@>`, for which the planner takes the index against overlaps: a hundred times slower in a table of a million periods. */
export const holds = (period: string, day: string): string => `(lower(${period}) <= ${day} and (upper_inf(${period}) or upper(${period}) > ${day}))`;
