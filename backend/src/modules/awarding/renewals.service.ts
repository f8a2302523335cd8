import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Lapsing, listLapsing, markLapsingCalled, prepareRenewals } from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { addDays, addMonths, type Day } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { RENEWAL, stageOn } from '#modules/credentials';
import { LapsingCall } from './batch.entity.ts';
import { BatchStore } from './batch-store.ts';
import { BatchViews } from './batch-views.ts';
import { againstRenewal } from './eligibility.rules.ts';

type Row = Omit<Lapsing, 'stage' | 'reasons' | 'calledAt'> & { unitId: string; inBatch: boolean; calledAt: Date | null };
/** Refreshers that were due within so many months count (domain.md). */
const MONTHS = 12;
/** Those that a class made for its people after the post-test, due two weeks later. */
const OF_CLASSES = "select s.person_id, (f.made_at at time zone 'Asia/Ho_Chi_Minh')::date + 14 as due_on, f.sitting_id from class_refresher f join seat s on s.sitting_id = f.sitting_id";

/** Certificates that lapse: whom to call, and who has kept up and may be renewed. */
@Injectable()
export class RenewalsService {
  private readonly sources = [OF_CLASSES];

  constructor(private readonly db: Db, private readonly store: BatchStore, private readonly views: BatchViews) {}

  /** Says, once at the start, where more refreshers stand: SQL that gives `person_id`, `due_on` and `sitting_id`. */
  countsAlso(refreshers: string): void {
    this.sources.push(refreshers);
  }

  async list(actor: Actor, { query }: ArgsOf<typeof listLapsing>): Promise<{ items: Lapsing[] }> {
    const reach = await actor.reach('register.read');
    const today = clock.today();
    const rows = await this.rows({ units: reach === 'everywhere' ? null : [...reach], ids: null, from: addDays(today, -RENEWAL.after), until: addDays(today, query.days), today });
    return { items: rows.map((r) => lapsing(r, today)) };
  }

  async called(actor: Actor, { params }: ArgsOf<typeof markLapsingCalled>): Promise<Record<string, never>> {
    await this.db.transaction(async () => {
      const [row] = await this.rows({ units: null, ids: [params.entryId], from: '0001-01-01', until: '9999-12-31', today: clock.today() });
      if (!row || !reaches(await actor.reach('register.read'), row.unitId)) throw problem('credentials.not-found');
      await this.db.repo(LapsingCall).insert({ id: randomUUID(), entryId: row.entryId, at: clock.now(), byPersonId: actor.personId });
    });
    return {};
  }

  /** All in one batch, or none: somebody who may not be renewed is named. */
  prepare(actor: Actor, { body }: ArgsOf<typeof prepareRenewals>) {
    return this.db.transaction(async () => {
      await this.db.lock('batches');
      const today = clock.today();
      const rows = await this.rows({ units: null, ids: body.entryIds, from: '0001-01-01', until: '9999-12-31', today });
      const reach = await actor.reach('batch.prepare');
      if (rows.length !== new Set(body.entryIds).size || rows.some((r) => !reaches(reach, r.unitId))) throw problem('credentials.not-found');
      const against = rows.filter((r) => lapsing(r, today).reasons.length);
      if (against.length) throw problem('awarding.not-renewable', { names: against.slice(0, 5).map((r) => r.name).join(', ') });
      const types = [...new Set(rows.map((r) => r.typeId))];
      if (types.length > 1) throw problem('awarding.mixed-tiers');
      if (body.issuedOn > today) throw problem('awarding.future-date', { from: addMonths(today, -1), until: today });
      const seats = rows.map((r) => ({ enrolmentId: null, renewsId: r.entryId, scopeUnitId: r.unitId, verdict: 'given' as const, reason: null }));
      return this.views.get(actor, await this.store.keep(actor, { kind: 'renewals', typeId: types[0] as string, classIds: [], ...body }, seats));
    });
  }

  private rows(o: { units: string[] | null; ids: string[] | null; from: Day; until: Day; today: Day }): Promise<Row[]> {
    return this.db.rows<Row>(
      `with held as (
           select e.*, coalesce(p.merged_into_id, p.id) as holder from register_entry e join person p on p.id = e.person_id
             where e.kind = 'issue' and e.valid_until > $3::date and e.valid_until <= $4::date and ($1::uuid[] is null or e.unit_id = any($1)) and ($2::uuid[] is null or e.id = any($2)) and not exists (select 1 from register_entry l where l.refers_to = e.id)),
         refresher as (
           select h.holder, f.due_on, a.id as attempt_id, a.submitted_at, a.right_count::float8 / nullif(a.total_count, 0) as score
             from (select distinct holder from held) h join person m on m.id = h.holder or m.merged_into_id = h.holder join (${this.sources.join(' union all ')}) f on f.person_id = m.id and f.due_on >= $5::date - interval '${MONTHS} months'
             left join attempt a on a.sitting_id = f.sitting_id and a.person_id = m.id and a.counts and a.submitted_at is not null)
       select h.id as "entryId", p.id as "personId", coalesce(c.holder_name, h.holder_name) as name, p.phone, h.unit_name as "unitName", h.unit_id as "unitId", h.title, h.type_id as "typeId", h.register_no as "registerNo", h.valid_until as "validUntil",
           (select count(*) from refresher r where r.holder = h.holder and (r.due_on <= $5::date or r.attempt_id is not null))::int as "refreshersDue", (select count(*) from refresher r where r.holder = h.holder and r.attempt_id is not null)::int as "refreshersDone",
           (select r.score from refresher r where r.holder = h.holder and r.attempt_id is not null order by r.submitted_at desc limit 1) as "lastScore", exists (select 1 from batch_place x where x.renews_id = h.id and x.waits) as "inBatch", (select max(k.at) from lapsing_call k where k.entry_id = h.id) as "calledAt"
         from held h join person p on p.id = h.holder left join lateral (select holder_name from register_entry x where x.corrects = h.id order by x.seq desc limit 1) c on true order by h.valid_until, h.holder_folded, h.id`,
      [o.units, o.ids, o.from, o.until, o.today]);
  }
}

function lapsing({ unitId: _unit, inBatch, calledAt, ...r }: Row, today: Day): Lapsing {
  const stage = stageOn(r.validUntil, today);
  return { ...r, stage, reasons: againstRenewal(stage, { due: r.refreshersDue, done: r.refreshersDone, lastScore: r.lastScore }, inBatch), calledAt: calledAt?.toISOString() ?? null };
}
