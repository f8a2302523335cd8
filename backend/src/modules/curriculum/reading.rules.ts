/** A version of a course, and how much of it there is. */
export interface VersionSize { courseId: string; versionId: string; number: number; cards: number }

/** Which version of each course somebody reads: the one they are in the middle of (of several, the newest), else the newest. `seen`: cards that they have seen, by version. */
export function versionsToRead(versions: readonly VersionSize[], seen: ReadonlyMap<string, number>): string[] {
  const chosen = new Map<string, VersionSize>();
  const underWay = (v: VersionSize) => { const n = seen.get(v.versionId) ?? 0; return n > 0 && n < v.cards; };
  for (const v of [...versions].sort((a, b) => b.number - a.number)) {
    const before = chosen.get(v.courseId);
    if (!before || (underWay(v) && !underWay(before))) chosen.set(v.courseId, v);
  }
  return [...chosen.values()].map((v) => v.versionId);
}
