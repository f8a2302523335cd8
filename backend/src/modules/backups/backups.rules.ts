const DAY_MS = 86_400_000;
/** Every copy of the last week, then one a week for five weeks, then one a month for a year. */
const [DAILY, WEEKLY_DAYS, MONTHLY_DAYS] = [7, 42, 366];
/** A copy is made every night; one that is older than this was missed. */
const LATE_MS = 26 * 3_600_000;

/** Copies that may go, of those made at these times: the newest of each day, week or month stays, and the newest of all in any case. */
export function toForget<T extends { at: Date }>(copies: readonly T[], now: Date): T[] {
  const newestFirst = [...copies].sort((a, b) => b.at.getTime() - a.at.getTime());
  const seen = new Set<string>();
  return newestFirst.filter((c, i) => {
    const age = Math.floor((now.getTime() - c.at.getTime()) / DAY_MS);
    const slot = age < DAILY ? c.at.toISOString() : age < WEEKLY_DAYS ? `week ${Math.floor(c.at.getTime() / (7 * DAY_MS))}` : age < MONTHLY_DAYS ? c.at.toISOString().slice(0, 7) : null;
    const stays = i === 0 || (slot !== null && !seen.has(slot));
    if (slot) seen.add(slot);
    return !stays;
  });
}

/** Is the last good copy too old? Without any it is the first act that has waited. */
export const isLate = (since: Date, now: Date): boolean => now.getTime() - since.getTime() > LATE_MS;

/** Is it time for tonight's copy: after this hour of Vietnam, and none since? Also when the program stood still at that hour. */
export function isDue(lastAt: Date, now: Date, hour: number): boolean {
  const local = new Date(now.getTime() + 7 * 3_600_000);
  const todays = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), hour) - 7 * 3_600_000;
  const last = now.getTime() >= todays ? todays : todays - DAY_MS;
  return lastAt.getTime() < last;
}
