const key = (personId: string, series: string): string => `lantoa.attempt.${personId}.${series}`;
const inMemory = new Map<string, string>();

/** The id of the attempt that this person has under way here; made once and kept, so that a reload goes on with the same attempt. */
export function keptAttemptId(personId: string, series: string): string {
  const k = key(personId, series);
  const fresh = inMemory.get(k) ?? crypto.randomUUID();
  try {
    const kept = localStorage.getItem(k) ?? fresh;
    localStorage.setItem(k, kept);
    return kept;
  } catch {
    inMemory.set(k, fresh);
    return fresh;
  }
}

/** Handed in: the next one is a new attempt. */
export function forgetAttemptId(personId: string, series: string): void {
  inMemory.delete(key(personId, series));
  try {
    localStorage.removeItem(key(personId, series));
  } catch {
    // Nothing was kept.
  }
}
