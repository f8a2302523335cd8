import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { Campaign as View, getCampaign, listCampaigns, moveCampaign, startCampaign, suggestCampaign } from '@lantoa/shared/refreshers';
import { daysBetween } from '@lantoa/shared/rules/days';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { type CampaignRow, CampaignsQueries } from './campaigns.queries.ts';
import { MemoryService } from './memory.service.ts';
import { PlanningService } from './planning.service.ts';
import { Campaign, CampaignMove } from './refresher.entity.ts';
import { RefreshersQueries } from './refreshers.queries.ts';

/** Refreshers for a group: who, what, how often; then who did it, whom to call, and what it changed. */
@Injectable()
export class CampaignsService {
  constructor(private readonly db: Db, private readonly queries: CampaignsQueries, private readonly refreshers: RefreshersQueries, private readonly memory: MemoryService, private readonly planning: PlanningService, private readonly audit: Audit) {}

  async list(actor: Actor): Promise<OutputOf<typeof listCampaigns>> {
    const reach = await actor.reach('cascade.read');
    const items = await this.queries.list(reach === 'everywhere' ? null : [...reach], null, clock.today());
    return { items: await Promise.all(items.map((c) => this.view(actor, c))), mayRun: actor.can('campaign.run') };
  }

  async suggest(actor: Actor, { body }: ArgsOf<typeof suggestCampaign>): Promise<OutputOf<typeof suggestCampaign>> {
    await this.mustReach(actor, body.unitId);
    const members = await this.queries.members(body, clock.today());
    const ids = members.map((m) => m.personId);
    await this.memory.catchUp(ids);
    return { people: members.length, withoutPhone: members.filter((m) => m.phone === null).map(({ personId, name, unitName }) => ({ personId, name, unitName })), topics: await this.queries.topics(ids, body.courseSlug, clock.today()) };
  }

  start(actor: Actor, { body }: ArgsOf<typeof startCampaign>): Promise<View> {
    return this.db.transaction(async () => {
      await this.mustReach(actor, body.unitId);
      const members = await this.queries.members(body, clock.today());
      if (!members.length) throw problem('refreshers.nobody');
      const { certifiedFrom, certifiedUntil, courseSlug, questions, rounds, startsOn, title, topics, unitId } = body;
      const campaign: Campaign = { id: randomUUID(), certifiedFrom, certifiedUntil, courseSlug, questions, rounds, startsOn, title, topics, unitId, status: 'running', madeBy: actor.personId, madeAt: clock.now() };
      await this.db.repo(Campaign).insert(campaign);
      if (!(await this.planning.planRound(campaign, members.map((m) => m.personId), 1))) throw problem('refreshers.no-questions');
      await this.note(actor, campaign.id, 'running', null);
      await this.audit.record(actor, 'campaign.started', { type: 'campaign', id: campaign.id }, { people: members.length, courseSlug });
      return this.view(actor, await this.find(actor, campaign.id));
    });
  }

  async get(actor: Actor, { params }: ArgsOf<typeof getCampaign>): Promise<OutputOf<typeof getCampaign>> {
    const row = await this.find(actor, params.campaignId);
    const today = clock.today();
    const history = await this.queries.history(row.id);
    return {
      campaign: await this.view(actor, row), units: await this.queries.byUnit(row.id, today), calls: await this.refreshers.calls({ trainerId: null, campaignId: row.id, day: today }), effect: await this.queries.effect(row.id),
      history: history.map((h) => ({ ...h, at: h.at.toISOString() })),
    };
  }

  /** Pauses, goes on, ends; an end is for good. Who works on a refresher of it may finish. */
  move(actor: Actor, { params, body }: ArgsOf<typeof moveCampaign>): Promise<Record<string, never>> {
    return this.db.transaction(async () => {
      const row = await this.find(actor, params.campaignId);
      await this.mustReach(actor, row.unitId);
      const campaign = orProblem(await this.db.repo(Campaign).findOne({ where: { id: row.id }, lock: { mode: 'pessimistic_write' } }), 'refreshers.not-found');
      if (campaign.status === 'ended' || campaign.status === body.to) throw problem('refreshers.wrong-state');
      await this.db.repo(Campaign).update({ id: campaign.id }, { status: body.to });
      await this.note(actor, campaign.id, body.to, body.note || null);
      await this.audit.record(actor, `campaign.${body.to}`, { type: 'campaign', id: campaign.id }, { note: body.note });
      return {};
    });
  }

  /** Throws unless the asker may see the campaign. */
  async mustSee(actor: Actor, campaignId: string): Promise<void> {
    await this.find(actor, campaignId);
  }

  /** Plans the rounds of running campaigns that have come: those who are in it are those of its first round. @returns how many refreshers it planned */
  async planRounds(): Promise<number> {
    let made = 0;
    for (const campaign of await this.db.repo(Campaign).findBy({ status: 'running' })) {
      const round = Math.min(campaign.rounds, 1 + Math.floor(daysBetween(campaign.startsOn, clock.today()) / 7));
      const people = (await this.db.rows<{ id: string }>("select person_id as id from refresher where campaign_id = $1 and stage = 'c1'", [campaign.id])).map((p) => p.id);
      if (round > 1) made += await this.planning.planRound(campaign, people, round);
    }
    return made;
  }

  private async note(actor: Actor, campaignId: string, to: Campaign['status'], note: string | null): Promise<void> {
    await this.db.repo(CampaignMove).insert({ id: randomUUID(), campaignId, to, note, byPersonId: actor.personId, at: clock.now() });
  }

  private async mustReach(actor: Actor, unitId: string): Promise<void> {
    if (!reaches(await actor.reach('campaign.run'), unitId)) throw problem('organisation.unit-not-found');
  }

  private async find(actor: Actor, id: string): Promise<CampaignRow> {
    const reach = await actor.reach('cascade.read');
    return orProblem((await this.queries.list(reach === 'everywhere' ? null : [...reach], id, clock.today()))[0], 'refreshers.not-found');
  }

  private async view(actor: Actor, { unitId, madeAt, ...row }: CampaignRow): Promise<View> {
    return { ...row, madeAt: madeAt.toISOString(), mayRun: reaches(await actor.reach('campaign.run'), unitId) };
  }
}
