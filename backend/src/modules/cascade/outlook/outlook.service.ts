import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getNext, getOutlook, NextClasses, OutlookFigures } from '@lantoa/shared/outlook';
import { addDays, type Day } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import type { Actor } from '#platform/http';
import { ProgrammesService } from '#modules/training';
import { LedgerQueries } from '../ledger/ledger.queries.ts';
import { type Roots, ScopesService } from '../scopes.service.ts';
import { AHEAD_WEEKS, endOfWeek, outlookOf, PACE_WEEKS, reachedIn } from './forecast.rules.ts';
import { NeedsService } from './needs.service.ts';
import { proposalsOf } from './next.rules.ts';
import { OutlookQueries } from './outlook.queries.ts';

/** Where no class of a tier has been held: its length in days and its size. */
const USUAL = { days: 1, seats: 40 };
/** Classes that one trainer can hold within a plan. */
const PER_TEACHER = 3;
const weeksBetween = (from: Day, until: Day): number => Math.floor((Date.parse(until) - Date.parse(from)) / (7 * 86_400_000));

/** What will be if all goes on as it does, and what to do next. */
@Injectable()
export class OutlookService {
  constructor(private readonly queries: OutlookQueries, private readonly ledger: LedgerQueries, private readonly scopes: ScopesService, private readonly programmes: ProgrammesService, private readonly needs: NeedsService) {}

  async outlook(actor: Actor, { query }: ArgsOf<typeof getOutlook>): Promise<OutlookFigures> {
    const asOf = query.asOf ?? clock.today();
    return this.outlookOf(query.programme, asOf, await this.scopes.roots(actor, query.unitId, asOf));
  }

  /** The same for whoever has settled which units it is about. */
  async outlookOf(slug: string, asOf: string, roots: Roots = null): Promise<OutlookFigures> {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const ids = tiers.map((t) => t.id);
    const looks = this.scopes.whole(roots);
    const [sums, added] = [await this.ledger.sums(ids, looks, asOf), await this.ledger.added(ids, looks, addDays(asOf, -7 * PACE_WEEKS), asOf)];
    const [habits, planned] = [await this.queries.habits(programme.id, asOf, roots), await this.queries.planned(programme.id, asOf, roots)];
    return {
      asOf, tiers: tiers.map((tier) => {
        const ahead = new Map<number, number>();
        for (const c of planned) if (c.tierId === tier.id) ahead.set(weeksBetween(addDays(asOf, 1), c.endsOn), (ahead.get(weeksBetween(addDays(asOf, 1), c.endsOn)) ?? 0) + c.expected);
        const pace = Array.from({ length: PACE_WEEKS }, (_, i) => added.filter((a) => a.ofId === tier.id && PACE_WEEKS - 1 - weeksBetween(a.day, asOf) === i).reduce((sum, a) => sum + a.passed, 0));
        const course = { passed: sums.find((s) => s.ofId === tier.id)?.passed ?? 0, target: sums.find((s) => s.ofId === tier.id)?.target ?? 0, pace, fills: habits.find((h) => h.tierId === tier.id)?.fills ?? [], planned: ahead };
        const weeks = outlookOf(course, AHEAD_WEEKS);
        const reached = reachedIn(course, weeks);
        return {
          name: tier.name, target: course.target, passed: course.passed, pace: Math.round((pace.reduce((a, b) => a + b, 0) / PACE_WEEKS) * 10) / 10, planned: [...ahead.values()].reduce((a, b) => a + b, 0),
          weeks: weeks.map(({ week, ...w }) => ({ until: endOfWeek(addDays(asOf, 1), week), ...w })), reachedBy: reached === null ? null : addDays(asOf, 7 * reached),
        };
      }),
    };
  }

  async next(actor: Actor, { query }: ArgsOf<typeof getNext>): Promise<NextClasses> {
    const asOf = query.asOf ?? clock.today();
    return this.nextOf(query.programme, asOf, query.classDays, await this.scopes.roots(actor, query.unitId, asOf));
  }

  /** The same for whoever has settled which units it is about. */
  async nextOf(slug: string, asOf: string, classDays: number, roots: Roots = null): Promise<NextClasses> {
    const programme = await this.programmes.bySlug(slug);
    const tiers = await this.programmes.tiers(programme.id);
    const habits = await this.queries.habits(programme.id, asOf, roots);
    const habit = (tierId: string) => habits.find((h) => h.tierId === tierId);
    const seats = Math.max(USUAL.seats, ...habits.map((h) => Math.min(60, h.seats)));
    const needs = await this.needs.of(programme.id, tiers, asOf, roots);
    const teachers = await this.needs.teachers(slug, tiers, asOf, roots);
    const { proposals, withoutTeacher } = proposalsOf(needs, teachers, { days: tiers.map((t) => habit(t.id)?.days ?? USUAL.days), seats, perTeacher: PER_TEACHER, classDays, open: tiers.flatMap((t) => (t.openTeaching ? [t.position] : [])) });
    const missingIn = (n: { places: { missing: number }[] }) => n.places.reduce((sum, p) => sum + p.missing, 0);
    const tierName = (position: number) => tiers.find((t) => t.position === position)?.name ?? '';
    return {
      asOf, classDays, seats, missing: needs.reduce((sum, n) => sum + missingIn(n), 0), closes: proposals.reduce((sum, p) => sum + p.people, 0), used: proposals.reduce((sum, p) => sum + p.days, 0),
      proposals: proposals.map((p) => ({ ...p, tierName: tierName(p.tier) })), withoutTeacher: withoutTeacher.map((n) => ({ areaId: n.areaId, areaName: n.areaName, tier: n.tier, tierName: tierName(n.tier), missing: missingIn(n) })),
    };
  }
}
