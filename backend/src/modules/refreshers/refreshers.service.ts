import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { compareRefresher, listMyRefreshers, noteCall, noteReceived, startRefresher } from '@lantoa/shared/refreshers';
import { calendarOf } from '@lantoa/shared/rules/refreshers';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { formView } from '#modules/assessment';
import { RenewalsService } from '#modules/awarding';
import { MergesService } from '#modules/people';
import { MemoryService } from './memory.service.ts';
import { Refresher, RefresherCall } from './refresher.entity.ts';
import { RefresherTests } from './refresher-tests.ts';
import { RefreshersQueries } from './refreshers.queries.ts';

/** More than this many at once help nobody; the newest come first. */
const WAITING_AT_MOST = 3;

/** The refreshers of one person: what waits, begin, how the group did. Every write may be repeated without harm. */
@Injectable()
export class RefreshersService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly queries: RefreshersQueries, private readonly memory: MemoryService, private readonly tests: RefresherTests, private readonly merges: MergesService, private readonly renewals: RenewalsService) {}

  onModuleInit(): void {
    // One of a campaign that was stopped holds up nobody's certificate.
    this.renewals.countsAlso("select r.person_id, r.due_on, r.id as sitting_id from refresher r left join campaign c on c.id = r.campaign_id where c.id is null or c.status = 'running' or exists (select 1 from attempt a where a.sitting_id = r.id and a.counts)");
    this.merges.follows({ table: 'refresher', key: 'id', clash: 'exists (select 1 from refresher k where k.person_id = $1 and k.campaign_id = x.campaign_id and k.stage = x.stage)' });
  }

  async mine(actor: Actor): Promise<OutputOf<typeof listMyRefreshers>> {
    const open = (await this.queries.waiting(actor.personId)).slice(0, WAITING_AT_MOST);
    const items = [];
    for (const r of open) items.push({ id: r.id, stage: r.stage, dueOn: r.dueOn, early: r.early, received: r.receivedAt !== null, form: formView(await this.tests.form(r)) });
    return { items, nextOn: await this.nextOn(actor.personId) };
  }

  async received(actor: Actor, { body }: ArgsOf<typeof noteReceived>): Promise<Record<string, never>> {
    await this.db.rows('update refresher set received_at = $3 where id = any($1::uuid[]) and person_id = $2 and received_at is null', [body.ids, actor.personId, clock.now()]);
    return {};
  }

  start(actor: Actor, { params, body }: ArgsOf<typeof startRefresher>) {
    return this.db.transaction(async () => {
      const refresher = await this.own(actor, params.refresherId);
      await this.tests.open(refresher);
      await this.db.rows('update refresher set opened_at = coalesce(opened_at, $2), received_at = coalesce(received_at, $2) where id = $1', [refresher.id, clock.now()]);
      return this.tests.begin(actor, refresher.id, body);
    });
  }

  async compare(actor: Actor, { params }: ArgsOf<typeof compareRefresher>): Promise<OutputOf<typeof compareRefresher>> {
    const refresher = await this.own(actor, params.refresherId);
    return { group: await this.queries.group(actor.personId, refresher.courseSlug, clock.today()), nextOn: await this.nextOn(actor.personId) };
  }

  async reviews(actor: Actor) {
    return { items: await this.memory.reviewsOf(actor.personId) };
  }

  /** Late refreshers of those whom the asker trained. */
  async calls(actor: Actor) {
    return { items: await this.queries.calls({ trainerId: actor.personId, campaignId: null, day: clock.today() }) };
  }

  /** Trainers note calls to whom they trained; those who run campaigns to whom they reach. */
  async called(actor: Actor, { params, body }: ArgsOf<typeof noteCall>): Promise<Record<string, never>> {
    const refresher = orProblem(await this.db.repo(Refresher).findOneBy({ id: params.refresherId }), 'refreshers.not-found');
    if (!(await this.queries.trained(actor.personId, refresher.id)) && !reaches(await actor.reach('campaign.run'), await this.queries.unitOf(refresher.personId, clock.today()))) throw problem('refreshers.not-found');
    await this.db.repo(RefresherCall).createQueryBuilder().insert().values({ id: body.id, refresherId: refresher.id, at: clock.now(), byPersonId: actor.personId }).orIgnore().execute();
    return {};
  }

  /** The next day of the calendars of all certificates that somebody holds. */
  private async nextOn(personId: string): Promise<string | null> {
    const today = clock.today();
    const days = (await this.queries.held(personId, today)).flatMap((h) => calendarOf(h.issuedOn, h.validUntil).filter((s) => s.dueOn > today && !h.planned.includes(s.stage)).map((s) => s.dueOn));
    return days.sort()[0] ?? null;
  }

  private async own(actor: Actor, id: string): Promise<Refresher> {
    return orProblem(await this.db.repo(Refresher).findOneBy({ id, personId: actor.personId }), 'refreshers.not-found');
  }
}
