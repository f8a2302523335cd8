import type { TierFigures, UnitFigures } from '@lantoa/shared/cascade';
import { behindPlan, dropBetween, emptyPlaces, expiredOf, gainOf, reachOf, retentionOf, scoreOf, shareOf } from './measures.rules.ts';
import type { Sample } from './statistics.rules.ts';

/** What has been added up until a day; see `ledger/amounts.ts`. */
export type Totals = Record<'enrolled' | 'passed' | 'pre_n' | 'pre_sum' | 'pre_squares' | 'post_n' | 'post_sum' | 'post_squares' | 'gain_n' | 'gain_sum' | 'gain_squares' | `kept${30 | 90 | 180}_${'n' | 'post' | 'later'}` | 'planned' | 'classes' | 'trainers' | 'certified' | 'in_force' | 'idle' | 'reports_late' | 'refreshers_late' | 'target' | 'places' | 'covered', number>;

const sample = (t: Totals, which: 'pre' | 'post' | 'gain'): Sample => ({ n: t[`${which}_n`], sum: t[`${which}_sum`], squares: t[`${which}_squares`] });

const kept = (t: Totals, days: 30 | 90 | 180) => retentionOf({ n: t[`kept${days}_n`], post: t[`kept${days}_post`], later: t[`kept${days}_later`] });

/** The figures of one tier; `before`: the totals of the tier above it. */
export function tierFigures(tier: { name: string; audience: string }, t: Totals, before: Totals | undefined): TierFigures {
  return {
    name: tier.name, audience: tier.audience, target: t.target, enrolled: t.enrolled, passed: t.passed, certified: t.certified, inForce: t.in_force, trainers: t.trainers, idle: t.idle, planned: t.planned, classes: t.classes,
    reach: reachOf(t.passed, t.target), passRate: shareOf(t.passed, t.enrolled), pre: scoreOf(sample(t, 'pre')), post: scoreOf(sample(t, 'post')), gain: gainOf(sample(t, 'gain')),
    drop: dropBetween(before && sample(before, 'post'), sample(t, 'post')), kept: kept(t, 90), retention: ([30, 90, 180] as const).map((days) => ({ days, ...kept(t, days) })),
    overdue: { refreshers: t.refreshers_late, certificates: expiredOf(t.certified, t.in_force), reports: t.reports_late },
  };
}

/** The answers that stand on top: sums over the tiers, so that somebody who took two tiers counts in both. */
export function answersOf(tiers: readonly TierFigures[], places: Totals) {
  const sum = (of: (t: TierFigures) => number) => tiers.reduce((total, t) => total + of(t), 0);
  const [target, passed, planned] = [sum((t) => t.target), sum((t) => t.passed), sum((t) => t.planned)];
  return {
    target, passed, reach: reachOf(passed, target), planned, behind: behindPlan(planned, passed), idle: sum((t) => t.idle),
    places: { all: places.places, empty: emptyPlaces(places.places, places.covered), share: shareOf(places.covered, places.places) },
    overdue: { refreshers: sum((t) => t.overdue.refreshers), certificates: sum((t) => t.overdue.certificates), reports: sum((t) => t.overdue.reports) },
  };
}

/** The figures of one unit, over one tier or several (somebody who took two counts in both). */
export function unitFigures(unit: Pick<UnitFigures, 'unitId' | 'name' | 'kind' | 'parentId' | 'children'>, t: Totals, lastClassOn: string | null): UnitFigures {
  return {
    ...unit, target: t.target, enrolled: t.enrolled, passed: t.passed, reach: reachOf(t.passed, t.target), planned: t.planned, certified: t.certified, inForce: t.in_force, post: scoreOf(sample(t, 'post')), gain: gainOf(sample(t, 'gain')),
    places: t.places, emptyPlaces: emptyPlaces(t.places, t.covered), overdue: { refreshers: t.refreshers_late, certificates: expiredOf(t.certified, t.in_force), reports: t.reports_late }, lastClassOn,
  };
}

/** What was added week by week as what stood at the end of each; weeks without any are left out. */
export function cumulated(weeks: readonly { week: string; passed: number; planned: number }[]): { week: string; passed: number; planned: number }[] {
  let [passed, planned] = [0, 0];
  return weeks.filter((w) => w.passed || w.planned).map((w) => {
    passed += w.passed;
    planned += w.planned;
    return { week: w.week, passed, planned };
  });
}
