import type { getPlanHelp } from '@lantoa/shared/class-papers';
import type { OutputOf } from '@lantoa/shared/endpoint';
import type { ClassDetail } from '@lantoa/shared/training';
import { addDays } from '@lantoa/shared/rules/days';
import { todayHere } from '../../../lib/format.ts';
import type { PickedUnit } from '../../../ui/unit-picker.tsx';

export type PlanHelp = OutputOf<typeof getPlanHelp>;
export interface HalfDay { date: string; part: 'morning' | 'afternoon'; startsAt: string; endsAt: string }
export interface Invited { unitId: string; unitName: string; locality: string | null; people: number }
export interface Plan { tierId: string; unit: PickedUnit | null; title: string; place: string; sessions: HalfDay[]; expected: number; self: boolean; trainers: { personId: string; name: string }[]; guests: { guestName: string; body: string }[]; invitations: Invited[] }

const HALVES = { morning: { startsAt: '07:30', endsAt: '11:00' }, afternoon: { startsAt: '13:30', endsAt: '16:30' } } as const;
export const halfDay = (date: string, part: 'morning' | 'afternoon'): HalfDay => ({ date, part, ...HALVES[part] });
/** Whole days one after the other, from a first one. */
export const wholeDays = (from: string, days: number): HalfDay[] => Array.from({ length: days }, (_, i) => [halfDay(addDays(from, i), 'morning'), halfDay(addDays(from, i), 'afternoon')]).flat();

const KEPT = 'lantoa.class-plan';
export const emptyPlan = (): Plan => ({ tierId: '', unit: null, title: '', place: '', sessions: wholeDays(todayHere(), 2), expected: 30, self: true, trainers: [], guests: [], invitations: [] });

/** The plan that was begun on this machine and not yet saved. */
export function keptPlan(): Plan {
  try {
    return { ...emptyPlan(), ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Plan>) };
  } catch {
    return emptyPlan();
  }
}
export function keepPlan(plan: Plan | null): void {
  try {
    if (plan) localStorage.setItem(KEPT, JSON.stringify(plan));
    else localStorage.removeItem(KEPT);
  } catch {
    // A browser that keeps nothing: the plan lives as long as the page.
  }
}

/** A new plan like an older class: all but its days and its people. */
export const planLike = (c: ClassDetail): Plan => ({
  ...emptyPlan(), tierId: c.tierId, unit: { id: c.unitId, name: c.unitName }, title: c.title, place: c.place, expected: c.expected, self: false,
  sessions: wholeDays(todayHere(), new Set(c.sessions.map((s) => s.date)).size).filter((s) => c.sessions.some((o) => o.part === s.part)),
  trainers: c.trainers.flatMap((x) => (x.personId ? [{ personId: x.personId, name: x.name }] : [])), guests: c.trainers.flatMap((x) => (x.personId ? [] : [{ guestName: x.name, body: x.body ?? '' }])),
});
