import { z } from 'zod';
import { Attempt, KeptForm } from './assessment.ts';
import { AudioLanguage } from './curriculum.ts';
import { Day, Empty, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

/** A refresher of the asker: with its questions and their answers, so that a phone can ask it without network. */
export const Refresher = z.object({ id: Id, stage: z.string(), dueOn: Day, early: z.boolean(), received: z.boolean(), form: KeptForm }).meta({ id: 'Refresher' });
export type Refresher = z.infer<typeof Refresher>;
/** What waits for the asker now, and when the next one comes; `null` when none is foreseen. */
export const listMyRefreshers = endpoint({ name: 'refreshers.listMyRefreshers', method: 'GET', path: '/refreshers', response: listOf(Refresher).extend({ nextOn: Day.nullable() }) });
/** These have arrived on a phone. */
export const noteReceived = endpoint({ name: 'refreshers.noteReceived', method: 'POST', path: '/refreshers/received', body: z.object({ ids: z.array(Id).min(1).max(20) }), response: Empty });
const Params = z.object({ refresherId: Id });
/** Begins it, or returns the attempt that was begun with this id. */
export const startRefresher = endpoint({
  name: 'refreshers.startRefresher', method: 'POST', path: '/refreshers/:refresherId/attempts', params: Params,
  body: z.object({ attemptId: Id, language: AudioLanguage.default('vi'), begunAt: z.iso.datetime().optional() }), response: Attempt,
});
/** How the asker's group did in their last refresher of the same course within 90 days: the smallest unit of theirs with ten people or more. Never a ranking. */
export const compareRefresher = endpoint({
  name: 'refreshers.compareRefresher', method: 'GET', path: '/refreshers/:refresherId/comparison', params: Params,
  response: z.object({ group: z.object({ unitName: z.string(), mean: z.number(), people: z.int() }).nullable(), nextOn: Day.nullable() }),
});

/** Answers of the asker that say what they remember: one per question and day, as they were first given. The phone comes to the same memory as the server. */
export const listReviews = endpoint({ name: 'refreshers.listReviews', method: 'GET', path: '/reviews', response: listOf(z.object({ questionId: Id, day: Day, right: z.boolean() })) });

/** Predicted recall today, 0–1, of people with something learned; `null` below ten. */
const Recall = z.object({ recall: z.number().nullable(), people: z.int() });
export const getRecall = endpoint({
  name: 'refreshers.getRecall', method: 'GET', path: '/recall', query: z.object({ courseSlug: z.string().max(80).optional(), unitId: Id.optional() }),
  response: z.object({
    asOf: Day, unitName: z.string().nullable(), all: Recall, courses: z.array(z.object({ slug: z.string(), title: z.string() })),
    topics: z.array(Recall.extend({ courseTitle: z.string(), topic: z.string() })), units: z.array(Recall.extend({ unitId: Id, name: z.string() })),
  }),
});
export type Recall = z.infer<(typeof getRecall)['response']>;

// Campaigns.

/** Whom a campaign is for: holders of a certificate in force that was issued between two days, in post in a unit and under it. */
export const Audience = z.object({ unitId: Id, courseSlug: z.string().max(80), certifiedFrom: Day.nullable().default(null), certifiedUntil: Day.nullable().default(null) });
export type Audience = z.infer<typeof Audience>;
export const campaignStates = ['running', 'paused', 'ended'] as const;
const Plan = Audience.extend({ title: Line(120), topics: z.array(z.string().max(80)).max(20).default([]), questions: z.int().min(5).max(10).default(5), rounds: z.int().min(1).max(12).default(1), startsOn: Day });
const Steps = z.object({ people: z.int(), due: z.int(), received: z.int(), opened: z.int(), done: z.int(), good: z.int() });
export const Campaign = z.object({
  id: Id, title: z.string(), courseTitle: z.string(), courseSlug: z.string(), topics: z.array(z.string()), unitName: z.string(), questions: z.int(), rounds: z.int(), startsOn: Day, status: z.enum(campaignStates), madeBy: z.string(), madeAt: z.iso.datetime(), note: z.string().nullable(), steps: Steps, mayRun: z.boolean(),
}).meta({ id: 'Campaign' });
export type Campaign = z.infer<typeof Campaign>;
export const listCampaigns = endpoint({ name: 'refreshers.listCampaigns', method: 'GET', path: '/campaigns', response: listOf(Campaign).extend({ mayRun: z.boolean() }) });
/** What a campaign could be about: the topics of a course with the recall of the people concerned, weakest first. */
export const suggestCampaign = endpoint({
  name: 'refreshers.suggestCampaign', method: 'POST', path: '/campaigns/preview', body: Audience,
  response: z.object({ people: z.int(), withoutPhone: z.array(z.object({ personId: Id, name: z.string(), unitName: z.string() })), topics: z.array(Recall.extend({ topic: z.string(), questions: z.int() })) }),
});
/** Starts a campaign: its first round is there at once for everybody in it. */
export const startCampaign = endpoint({ name: 'refreshers.startCampaign', method: 'POST', path: '/campaigns', body: Plan, response: Campaign });
const CampaignParams = z.object({ campaignId: Id });
export const Call = z.object({ refresherId: Id, personId: Id, name: z.string(), phone: z.string().nullable(), unitName: z.string(), title: z.string(), trainer: z.string().nullable(), dueOn: Day, calledAt: z.iso.datetime().nullable() }).meta({ id: 'RefresherCall' });
export type Call = z.infer<typeof Call>;
/** How a campaign goes: its steps by unit, whom to call, and its effect: what the same people answered to the same questions in the post-test and now. */
export const getCampaign = endpoint({
  name: 'refreshers.getCampaign', method: 'GET', path: '/campaigns/:campaignId', params: CampaignParams,
  response: z.object({
    campaign: Campaign, units: z.array(Steps.extend({ unitId: Id, name: z.string() })), calls: z.array(Call),
    effect: z.object({ before: z.number().nullable(), now: z.number().nullable(), people: z.int(), pairs: z.int() }), history: z.array(z.object({ to: z.enum(campaignStates), note: z.string().nullable(), by: z.string(), at: z.iso.datetime() })),
  }),
});
export const moveCampaign = endpoint({ name: 'refreshers.moveCampaign', method: 'POST', path: '/campaigns/:campaignId/moves', params: CampaignParams, body: z.object({ to: z.enum(campaignStates), note: Paragraph(300) }), response: Empty });
/** Refreshers that are late, of people whom the asker trained. */
export const listCalls = endpoint({ name: 'refreshers.listCalls', method: 'GET', path: '/refresher-calls', response: listOf(Call) });
export const noteCall = endpoint({ name: 'refreshers.noteCall', method: 'POST', path: '/refreshers/:refresherId/calls', params: Params, body: z.object({ id: Id }), response: Empty });
