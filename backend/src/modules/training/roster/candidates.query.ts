import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { UnitsService } from '#modules/organisation';
import { likeness, type Traits } from '#modules/people';
import type { Known } from './roster-review.rules.ts';

export interface Asked { phone: string | null; year: number | null; unitId: string | null }

/** Finds people whom a row of a list, or somebody at the door, may be. */
@Injectable()
export class CandidatesQuery {
  constructor(private readonly db: Db, private readonly units: UnitsService) {}

  /** Those who may be one person, the surest first. */
  async like(person: Traits, day: string): Promise<Known[]> {
    const known = await this.of([{ phone: person.phone, year: person.birthYear, unitId: person.unitId }], [], day);
    const compared = known.map((k) => ({ k, is: likeness(person, k) })).filter((c) => c.is === 'same' || c.is === 'maybe');
    return compared.sort((a, b) => Number(b.is === 'same') - Number(a.is === 'same')).map((c) => c.k);
  }

  /**
   * Who may be one of these: the same phone; or a posting on that day in the same unit, or in one that went into it, and a birth year that agrees or is not
   * known. Who was merged into another record is left out.
   */
  async of(asked: readonly Asked[], people: readonly string[], day: string): Promise<Known[]> {
    const roots = await this.units.predecessors([...new Set(asked.flatMap((a) => a.unitId ?? []))]);
    const years = new Map<string, Set<number>>();
    for (const a of asked) if (a.unitId) years.set(a.unitId, (years.get(a.unitId) ?? new Set()).add(a.year ?? 0));
    const pairs = [...roots].flatMap(([unit, root]) => [...(years.get(root) ?? [])].map((year) => ({ unit, root, year })));
    return this.db.rows<Known>(
      `with wanted as (select * from unnest($1::uuid[], $2::uuid[], $3::int[]) as w(unit_id, root, year)),
         here as (select distinct on (q.person_id, w.root) q.person_id, w.root from posting q join person p on p.id = q.person_id join wanted w on w.unit_id = q.unit_id and (p.birth_year = w.year or p.birth_year is null) where q.valid @> $4::date),
         found as (select person_id, root from here union all
           select p.id, (select q.unit_id from posting q where q.person_id = p.id order by q.valid @> $4::date desc, q.valid desc limit 1) from person p where (p.phone = any($5) or p.id = any($6::uuid[])) and not exists (select 1 from here h where h.person_id = p.id))
       select p.id, p.name, p.birth_year as "birthYear", p.phone, f.root as "unitId", (select v.name from unit_version v where v.unit_id = f.root order by v.valid @> $4::date desc, v.valid desc limit 1) as "unitName"
         from found f join person p on p.id = f.person_id where p.merged_into_id is null`,
      [pairs.map((p) => p.unit), pairs.map((p) => p.root), pairs.map((p) => p.year), day, [...new Set(asked.flatMap((a) => a.phone ?? []))], people]);
  }
}
