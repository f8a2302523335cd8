/** Vietnamese and Central Highlands letters that do not decompose into a base letter and marks. */
const STROKED: Record<string, string> = { đ: 'd', ƀ: 'b', Đ: 'd', Ƀ: 'b', ʼ: "'", '’': "'", '‘': "'" };

/**
 * A text as it is compared and searched: lower case, without marks (đ→d, ƀ→b, every combining mark dropped), single spaces.
 * `Kon Rờ Bàng` and `kon ro bang` fold to the same value.
 */
export const fold = (text: string): string =>
  text.replace(/[đƀĐɃʼ’‘]/g, (c) => STROKED[c] ?? c).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** The given name, which Vietnamese lists are sorted by: the last word of the full name. */
export const givenName = (name: string): string => name.trim().split(/\s+/).at(-1) ?? '';

/** A key that sorts people as Vietnamese lists do: by given name, then by full name. Sort it with a Vietnamese collation. */
export const nameSortKey = (name: string): string => `${givenName(name)} ${name}`;

/** Tidies a name as typed: NFC, single spaces, no surrounding space. Capitals stay as typed. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Levenshtein distance: how many letters must be added, dropped or changed. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] as number;
}
