/** A group of neighbouring places (a former district, or what lies under one unit) with what they lack in a tier. */
export interface Need {
  areaId: string; areaName: string; tier: number; reach: number | null;
  places: { unitId: string; name: string; missing: number; nobody: boolean }[];
}
/** Somebody who may teach a tier, on the day, and how near: in the area, or only in the same province. */
export interface Teacher { personId: string; name: string; tier: number; areaIds: readonly string[]; validUntil: string; expectedGain: number | null }
export interface Limits {
  /** Days of a class of each tier (from 1), people in one, and classes that one trainer can hold in the plan. */
  days: readonly number[]; seats: number; perTeacher: number; classDays: number;
  /** Tiers that may be taught without a right (by people from outside). */
  open: readonly number[];
}
export interface Proposal {
  rank: number; tier: number; areaId: string; areaName: string; days: number; people: number; perDay: number; places: { unitId: string; name: string; people: number; nobody: boolean }[];
  teacher: { personId: string; name: string; near: boolean; validUntil: string; expectedGain: number | null } | null;
  /** Reach of the area before and after, if all pass; `null` without a target. */
  reach: number | null;
}

/**
 * Which classes to hold, best first, within so many class-days: at every step the class that brings most people for a day; on a tie the one that reaches more places with nobody, then the area that lags most.
 * What a class brings is taken off what its places lack before the next is looked at, so the gain of an area never rises: with classes of one length that makes the choice the best there is
 * (greedy choice on a set of falling gains). A class is proposed only where somebody may teach it; areas without a teacher are told apart.
 */
export function proposalsOf(needs: readonly Need[], teachers: readonly Teacher[], limits: Limits): { proposals: Proposal[]; withoutTeacher: Need[] } {
  const open = needs.map((n) => ({ ...n, places: n.places.filter((p) => p.missing > 0).map((p) => ({ ...p })) })).filter((n) => n.places.length);
  const held = new Map<string, number>();
  const proposals: Proposal[] = [];
  const withoutTeacher = open.filter((n) => !limits.open.includes(n.tier) && !teachers.some((t) => t.tier === n.tier));
  const teachable = open.filter((n) => !withoutTeacher.includes(n));
  for (let left = limits.classDays; ; ) {
    const best = teachable.map((need) => candidateOf(need, teachers, held, limits)).filter((c): c is Candidate => c !== null && c.days <= left).sort(byGain)[0];
    if (!best) break;
    left -= best.days;
    if (best.teacher) held.set(best.teacher.personId, (held.get(best.teacher.personId) ?? 0) + 1);
    for (const seat of best.seats) seat.place.missing -= seat.people;
    const { need, teacher } = best;
    proposals.push({
      rank: proposals.length + 1, tier: need.tier, areaId: need.areaId, areaName: need.areaName, days: best.days, people: best.people, perDay: Math.round((best.people / best.days) * 10) / 10, reach: need.reach,
      places: best.seats.map(({ place, people }) => ({ unitId: place.unitId, name: place.name, people, nobody: place.nobody })),
      teacher: teacher && { personId: teacher.personId, name: teacher.name, near: teacher.areaIds.includes(need.areaId), validUntil: teacher.validUntil, expectedGain: teacher.expectedGain },
    });
    for (const seat of best.seats) seat.place.nobody = false;
  }
  return { proposals, withoutTeacher: withoutTeacher.map((n) => needs.find((x) => x.areaId === n.areaId && x.tier === n.tier) as Need) };
}

interface Candidate { need: Need; days: number; people: number; nobody: number; seats: { place: Need['places'][number]; people: number }[]; teacher: Teacher | null }
const byGain = (a: Candidate, b: Candidate): number =>
  b.people / b.days - a.people / a.days || b.nobody - a.nobody || (a.need.reach ?? 1) - (b.need.reach ?? 1) || a.need.tier - b.need.tier || (a.need.areaId < b.need.areaId ? -1 : 1);

/** The class that an area would hold now: places with nobody first, then those that lack most, until the seats are full; taught by the nearest teacher who is free. */
function candidateOf(need: Need, teachers: readonly Teacher[], held: ReadonlyMap<string, number>, limits: Limits): Candidate | null {
  const seats: Candidate['seats'] = [];
  let free = limits.seats;
  for (const place of [...need.places].sort((a, b) => Number(b.nobody) - Number(a.nobody) || b.missing - a.missing || (a.unitId < b.unitId ? -1 : 1))) {
    const people = Math.min(free, place.missing);
    if (people > 0) seats.push({ place, people });
    free -= people;
  }
  const near = (t: Teacher) => Number(t.areaIds.includes(need.areaId));
  const teacher = teachers.filter((t) => t.tier === need.tier && (held.get(t.personId) ?? 0) < limits.perTeacher)
    .sort((a, b) => near(b) - near(a) || (held.get(a.personId) ?? 0) - (held.get(b.personId) ?? 0) || (b.expectedGain ?? -Infinity) - (a.expectedGain ?? -Infinity) || (a.personId < b.personId ? -1 : 1))[0] ?? null;
  return seats.length && (teacher || limits.open.includes(need.tier)) ? { need, days: limits.days[need.tier - 1] ?? 1, people: limits.seats - free, nobody: seats.filter((s) => s.place.nobody).length, seats, teacher } : null;
}

/**
 * How a target that was set for an area as a whole falls on its places: so that, with those who have passed, all come as near to one height as can be (the lowest are filled first). Whole people; the
 * amounts add up to `missing`.
 */
export function spreadMissing(missing: number, passed: readonly number[]): number[] {
  const given = passed.map(() => 0);
  const order = passed.map((_, i) => i).sort((a, b) => (passed[a] as number) - (passed[b] as number) || a - b);
  let left = missing;
  for (let n = 1; n <= order.length && left > 0; n++) {
    const lowest = order.slice(0, n);
    const height = (passed[lowest[0] as number] as number) + (given[lowest[0] as number] as number);
    const ceiling = n < order.length ? (passed[order[n] as number] as number) : Infinity;
    const lift = Math.min(left, (ceiling - height) * n);
    lowest.forEach((i, k) => { given[i] = (given[i] as number) + Math.floor(lift / n) + (k < lift % n ? 1 : 0); });
    left -= lift;
  }
  return given;
}
