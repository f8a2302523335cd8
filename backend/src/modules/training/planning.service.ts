import { Injectable } from '@nestjs/common';
import type { getPlanHelp } from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { fold } from '@lantoa/shared/rules/text';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { RegisterService } from '#modules/credentials';
import { UnitsService } from '#modules/organisation';
import { PeopleService } from '#modules/people';
import { OpeningService } from './opening.service.ts';
import type { Tier } from './programme.entity.ts';
import { ProgrammesService } from './programmes.service.ts';

type Plan = ArgsOf<typeof getPlanHelp>['body'];
export interface Village { unitId: string; unitName: string; locality: string | null; trained: number }

/** What helps while a class is planned: where nobody has been reached, who may teach, what else is on. Nothing here refuses; opening the class does. */
@Injectable()
export class PlanningService {
  constructor(private readonly db: Db, private readonly programmes: ProgrammesService, private readonly units: UnitsService, private readonly opening: OpeningService, private readonly register: RegisterService, private readonly people: PeopleService) {}

  async help({ body }: ArgsOf<typeof getPlanHelp>) {
    const tier = await this.programmes.tier(body.tierId);
    return { villages: body.unitId ? await this.villages(tier, body.unitId, body.from) : [], trainers: await this.trainers(tier, body), warnings: await this.warnings(body) };
  }

  /** Villages (or, where none are known, communes) below a unit, those with nobody trained and still in post first. */
  private async villages(tier: Tier, unitId: string, day: string): Promise<Village[]> {
    const territory = [...(await this.units.territory([unitId], day))];
    const places = await this.db.rows<Village>(
      `with leaf as (select v.unit_id, v.name from unit_version v where v.unit_id = any($1::uuid[]) and v.valid @> $2::date and not exists (select 1 from unit_version c where c.parent_id = v.unit_id and c.valid @> $2::date)),
         place as (select l.unit_id, l.name, q.locality from leaf l left join lateral (select distinct locality from posting q where q.unit_id = l.unit_id and q.locality is not null and q.valid @> $2::date) q on true)
       select p.unit_id as "unitId", p.name as "unitName", p.locality,
           (select count(distinct q.person_id) from posting q join enrolment e on e.person_id = q.person_id and e.outcome = 'passed' join training_class c on c.id = e.class_id and c.tier_id = $3
             where q.unit_id = p.unit_id and q.valid @> $2::date and (p.locality is null or q.locality = p.locality))::int as trained
         from place p order by trained, p.name, p.locality limit 300`, [territory, day, tier.id]);
    return places;
  }

  /** May each of them teach this tier on the first day, and if not, why not? */
  private async trainers(tier: Tier, plan: Plan) {
    const before = await this.programmes.tierBefore(tier);
    const known = await this.people.findAll(plan.trainerIds);
    return Promise.all(plan.trainerIds.flatMap((id) => known.get(id) ?? []).map(async (p) => {
      const entry = before ? await this.register.endorsementOn(p.id, before.certificateTypeId, plan.from) : null;
      const ever = before ? await this.opening.mayPlan(p.id, tier) : false;
      return { personId: p.id, name: p.name, may: entry ? ('yes' as const) : tier.openTeaching ? ('open' as const) : ever ? ('lapsed' as const) : ('never' as const), registerNo: entry?.registerNo ?? null, validUntil: entry?.validUntil ?? null };
    }));
  }

  private async warnings(plan: Plan) {
    const others = await this.db.rows<{ code: string; title: string; place: string; unitId: string; startsOn: string; endsOn: string; trainers: { id: string; name: string }[] }>(
      `select c.code, c.title, c.place, c.unit_id as "unitId", c.starts_on as "startsOn", c.ends_on as "endsOn", (select coalesce(json_agg(json_build_object('id', t.person_id, 'name', t.name)), '[]') from class_trainer t where t.class_id = c.id and t.person_id is not null) as trainers
        from training_class c where c.status not in ('cancelled', 'draft') and daterange(c.starts_on, c.ends_on, '[]') && daterange($1::date, $2::date, '[]') order by c.code`, [plan.from, plan.until]);
    const place = fold(plan.place);
    return [
      ...(plan.from < clock.today() ? [{ code: 'in-past' as const, params: { day: plan.from } as Record<string, string> }] : []),
      ...others.flatMap((c) => c.trainers.filter((t) => plan.trainerIds.includes(t.id)).map((t) => ({ code: 'trainer-busy' as const, params: { name: t.name, code: c.code, from: c.startsOn, until: c.endsOn } }))),
      ...others.filter((c) => place && fold(c.place) === place && c.unitId === plan.unitId).map((c) => ({ code: 'place-busy' as const, params: { code: c.code, place: c.place } })),
      ...others.filter((c) => fold(c.place) !== place && c.unitId === plan.unitId).map((c) => ({ code: 'unit-busy' as const, params: { code: c.code, title: c.title } })),
    ];
  }
}
