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
