import { Injectable } from '@nestjs/common';
import type { RosterDecision, RosterRow } from '@lantoa/shared/training';
import { Db } from '#platform/db';
import { type UnitMatch, UnitsService } from '#modules/organisation';
import { likeness } from '#modules/people';
import type { TrainingClass } from '../class.entity.ts';
import { CandidatesQuery } from './candidates.query.ts';
import { decided, review, type UnitFound } from './roster-review.rules.ts';
import type { ReadRow } from './roster-table.rules.ts';

export type Matcher = (text: string) => UnitMatch;
type Decisions = Readonly<Record<string, RosterDecision>>;

/** Brings the rows of a roster together with the units and the people that there are. */
@Injectable()
export class RosterMatching {
  constructor(private readonly db: Db, private readonly units: UnitsService, private readonly people: CandidatesQuery) {}

  /** Reads unit names as of the class's first day, preferring the units under the class's own. */
  matcher(cls: TrainingClass): Promise<Matcher> {
    return this.units.matcher(cls.startsOn, cls.unitId);
  }

  /** Every row with where it is, who it may be, and what is left to say. */
  async review(cls: TrainingClass, rows: readonly ReadRow[], decisions: Decisions, match?: Matcher): Promise<RosterRow[]> {
    const found = match ?? (await this.matcher(cls));
    const unitOf = (text: string): UnitFound => {
      const m = found(text);
      return 'problem' in m ? { unitId: null, unitName: null, problem: m.problem, former: false, suggestions: m.suggestions } : { unitId: m.unitId, unitName: m.unitName, problem: null, former: m.former, suggestions: [] };
    };
    const chosen = [...new Set(Object.values(decisions).flatMap((d) => d.unitId ?? []))];
    const names = new Map(await Promise.all(chosen.map(async (id) => [id, (await this.units.validOn(id, cls.startsOn)).name] as const)));
    const enrolled = new Set((await this.db.rows<{ id: string }>('select person_id as id from enrolment where class_id = $1', [cls.id])).map((e) => e.id));
    const asked = rows.map((r) => decided(r, decisions[r.line])).map((r, i) => ({ phone: r.phone, year: r.birthYear, unitId: decisions[rows[i]?.line ?? 0]?.unitId ?? unitOf(r.unit).unitId }));
    const people = [...new Set(Object.values(decisions).flatMap((d) => (d.person && d.person !== 'new' ? [d.person] : [])))];
    const known = await this.people.of(asked, people, cls.startsOn);
    const elsewhere = await this.elsewhere(cls, known.map((k) => k.id));
    return review(rows, decisions, { year: Number(cls.startsOn.slice(0, 4)), unitOf, known, enrolled, elsewhere, compare: likeness, unitNameOf: (id) => names.get(id) ?? null });
  }

  /** Who of these is on the list of another class that is held on one of the same days. */
  private async elsewhere(cls: TrainingClass, people: readonly string[]): Promise<Set<string>> {
    const rows = await this.db.rows<{ id: string }>(
      `select distinct e.person_id as id from training_class o join enrolment e on e.class_id = o.id where o.id <> $1 and o.status not in ('cancelled', 'draft') and daterange(o.starts_on, o.ends_on, '[]') && daterange($2::date, $3::date, '[]') and e.person_id = any($4::uuid[])`,
      [cls.id, cls.startsOn, cls.endsOn, people]);
    return new Set(rows.map((r) => r.id));
  }
}
