import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { IndicatorSet, listIndicatorSets, saveIndicatorSet } from '@lantoa/shared/reports';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { PeopleService } from '#modules/people';
import { ProgrammesService } from '#modules/training';
import { IndicatorSetVersion } from './indicator-set.entity.ts';
import { usualIndicators } from './indicators.rules.ts';
import { USUAL_SET } from './report-words.ts';

/** Which indicators a programme reports, and since when. */
@Injectable()
export class IndicatorSetsService {
  constructor(private readonly db: Db, private readonly programmes: ProgrammesService, private readonly people: PeopleService, private readonly audit: Audit) {}

  async list({ params }: ArgsOf<typeof listIndicatorSets>): Promise<{ items: IndicatorSet[] }> {
    const programme = await this.programmes.find(params.programmeId);
    const versions = await this.db.repo(IndicatorSetVersion).createQueryBuilder('s').where("s.programme_id = :id and not isempty(s.valid)", { id: programme.id }).orderBy('s.valid', 'DESC').getMany();
    const names = await this.people.findAll(versions.map((v) => v.madeBy));
    const view = (v: IndicatorSetVersion): IndicatorSet => ({ id: v.id, name: v.name, from: v.valid.from, until: v.valid.until, indicators: v.indicators, madeAt: v.madeAt.toISOString(), madeBy: names.get(v.madeBy)?.name ?? null });
    return { items: versions.length ? versions.map(view) : [await this.usual(programme.id, programme.startsOn)] };
  }

  /** The set that holds on a day; before the first version, and without any, the one that comes with the program. */
  async on(programmeId: string, day: string): Promise<Pick<IndicatorSet, 'name' | 'indicators'>> {
    const [held] = await this.db.repo(IndicatorSetVersion).createQueryBuilder('s').where('s.programme_id = :programmeId and s.valid @> :day::date', { programmeId, day }).getMany();
    return held ?? this.usual(programmeId, day);
  }

  save(actor: Actor, { params, body }: ArgsOf<typeof saveIndicatorSet>): Promise<IndicatorSet> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.find(params.programmeId);
      if (!reaches(await actor.reach('programme.edit'), programme.unitId)) throw problem('training.programme-not-found');
      const codes = body.indicators.map((i) => i.code);
      const twice = codes.find((c, i) => codes.indexOf(c) !== i);
      if (twice) throw problem('reports.code-twice', { code: twice });
      await this.db.lock(`indicator-sets:${programme.id}`);
      const [later] = await this.db.rows<{ from: string }>('select lower(valid)::text as "from" from indicator_set_version where programme_id = $1 and not isempty(valid) and lower(valid) > $2::date limit 1', [programme.id, body.from]);
      if (later) throw problem('reports.set-later', { day: later.from });
      await this.db.rows("update indicator_set_version set valid = case when lower(valid) >= $2::date then 'empty'::daterange else daterange(lower(valid), $2::date) end where programme_id = $1 and valid @> $2::date", [programme.id, body.from]);
      const id = randomUUID();
      await this.db.repo(IndicatorSetVersion).insert({ id, programmeId: programme.id, name: body.name, indicators: body.indicators as never, valid: { from: body.from, until: null }, madeAt: clock.now(), madeBy: actor.personId });
      await this.audit.record(actor, 'indicators.saved', { type: 'programme', id: programme.id }, { from: body.from, indicators: codes.length });
      return (await this.list({ params })).items[0] as IndicatorSet;
    });
  }

  private async usual(programmeId: string, from: string): Promise<IndicatorSet> {
    return { id: null, name: USUAL_SET.vi, from, until: null, indicators: usualIndicators(await this.programmes.tiers(programmeId)), madeAt: null, madeBy: null };
  }
}
