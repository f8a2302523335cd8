/** What has become of a JSON value: replaced `to` another, or changed `at` some of its keys (or places of a list) only. */
export type Change = { to: unknown } | { at: Record<string, Change> };

type Branch = Record<string, unknown>;
const isBranch = (x: unknown): x is Branch => typeof x === 'object' && x !== null;
/** Two lists of one length, or two objects with the same keys: whatever else changes is replaced as a whole. */
const alike = (a: unknown, b: unknown): boolean => {
  if (!isBranch(a) || !isBranch(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b);
};

/** The difference of two JSON values, `null` where there is none. Whoever has the first makes the second of it with `changed`. */
export function changeOf(before: unknown, after: unknown): Change | null {
  if (!alike(before, after)) return before === after ? null : { to: after };
  const at: Record<string, Change> = {};
  for (const k of Object.keys(after as Branch)) {
    const change = changeOf((before as Branch)[k], (after as Branch)[k]);
    if (change) at[k] = change;
  }
  return Object.keys(at).length ? { at } : null;
}

/** A JSON value after a change; the value itself stays as it is. */
export function changed(before: unknown, change: Change): unknown {
  if ('to' in change) return change.to;
  const next: Branch | unknown[] = Array.isArray(before) ? [...before] : { ...(before as Branch) };
  for (const [k, c] of Object.entries(change.at)) (next as Branch)[k] = changed((before as Branch)[k], c);
  return next;
}
