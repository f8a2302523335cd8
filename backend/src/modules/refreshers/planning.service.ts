import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addDays, type Day } from '@lantoa/shared/rules/days';
import { chunks } from '@lantoa/shared/rules/lists';
import { calendarOf, comesForward, pickQuestions, type Stage } from '@lantoa/shared/rules/refreshers';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { MemoryService, type PoolQuestion } from './memory.service.ts';
import { type Campaign, Refresher } from './refresher.entity.ts';

/** A refresher is planned so many days before it is due, so that it is on the phone by then. */
const AHEAD_DAYS = 3;
/** One that was due longer ago than this, as when the calendar was first turned on, is not planned any more. */
const BEHIND_DAYS = 14;
const QUESTIONS = 5;
const QUESTIONS_BEFORE_EXPIRY = 10;
const PEOPLE_AT_ONCE = 1000;

interface Holder { entryId: string; personId: string; courseSlug: string; issuedOn: Day; validUntil: Day; title: string; planned: string[]; lastOn: Day | null }
interface Wanted { personId: string; entryId: string | null; campaignId: string | null; stage: string; dueOn: Day; early: boolean; n: number; title: string }

/** Certificates in force on `$1` with their course and what was planned for them. */
const HOLDERS = `select e.id as "entryId", coalesce(p.merged_into_id, p.id) as "personId", t.course_slug as "courseSlug", e.issued_on as "issuedOn", e.valid_until as "validUntil", e.title, coalesce(r.planned, '{}') as planned, r.last_on as "lastOn"
  from register_entry e join person p on p.id = e.person_id join (select distinct on (certificate_type_id) certificate_type_id, course_slug from tier order by certificate_type_id, position) t on t.certificate_type_id = e.type_id
  left join (select x.entry_id, array_agg(x.stage) as planned, max(greatest(x.due_on, (a.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date)) as last_on from refresher x left join attempt a on a.sitting_id = x.id and a.counts where x.entry_id is not null group by x.entry_id) r on r.entry_id = e.id
  where e.kind = 'issue' and e.issued_on <= $1::date and e.valid_until > $1::date and not exists (select 1 from register_entry l where l.refers_to = e.id)`;

/** Decides day by day who refreshes what: the calendar says when, memory says which questions. Running it again plans nothing twice. */
@Injectable()
export class PlanningService {
  constructor(private readonly db: Db, private readonly memory: MemoryService) {}

  /** Plans everything that comes within the next days. @returns how many refreshers it planned */
  async plan(day: Day): Promise<number> {
    await this.memory.catchUp();
    const holders = await this.db.rows<Holder>(HOLDERS, [day]);
    let made = 0;
    for (const courseSlug of new Set(holders.map((h) => h.courseSlug))) {
      const pool = await this.memory.pool(courseSlug);
      if (!pool.length) continue;
      for (const some of chunks(holders.filter((h) => h.courseSlug === courseSlug), PEOPLE_AT_ONCE)) made += await this.planSome(some, pool, courseSlug, day);
    }
    return made;
  }

  /** Plans a round of a campaign for these people. @returns how many were planned */
  async planRound(campaign: Campaign, personIds: readonly string[], round: number): Promise<number> {
    await this.memory.catchUp(personIds);
    const pool = (await this.memory.pool(campaign.courseSlug)).filter((q) => !campaign.topics.length || campaign.topics.includes(q.topic));
    const dueOn = addDays(campaign.startsOn, 7 * (round - 1));
    let made = 0;
    for (const some of chunks(personIds, PEOPLE_AT_ONCE)) {
      const wanted = some.map((personId) => ({ personId, entryId: null, campaignId: campaign.id, stage: `c${round}`, dueOn, early: false, n: campaign.questions, title: campaign.title }));
      made += await this.keep(wanted, pool, campaign.courseSlug, clock.today());
    }
    return made;
  }

  private async planSome(holders: readonly Holder[], pool: readonly PoolQuestion[], courseSlug: string, day: Day): Promise<number> {
    const open = holders.flatMap((h) => {
      const next = nextStage(h, day);
      return next ? [{ h, next }] : [];
    });
    // Whose calendar has nothing within the next days may still have forgotten something.
    const quiet = open.filter(({ next }) => next.dueOn > addDays(day, AHEAD_DAYS));
    const faded = await this.memory.fadedFor(quiet.map(({ h }) => h.personId), pool, day);
    const wanted = open.flatMap(({ h, next }): Wanted[] => {
      const due = next.dueOn <= addDays(day, AHEAD_DAYS);
      const early = !due && next.stage !== 'before-expiry' && comesForward(faded.has(h.personId), h.lastOn ?? h.issuedOn, day);
      if (!due && !early) return [];
      return [{ personId: h.personId, entryId: h.entryId, campaignId: null, stage: next.stage, dueOn: early ? day : next.dueOn, early, n: next.stage === 'before-expiry' ? QUESTIONS_BEFORE_EXPIRY : QUESTIONS, title: h.title }];
    });
    return this.keep(wanted, pool, courseSlug, day);
  }

  private async keep(wanted: readonly Wanted[], pool: readonly PoolQuestion[], courseSlug: string, day: Day): Promise<number> {
    if (!wanted.length || !pool.length) return 0;
    const askable = await this.memory.askable([...new Set(wanted.map((w) => w.personId))], pool);
    const versions = new Map(pool.map((q) => [q.questionId, q.versionId]));
    const rows = wanted.map(({ n, ...w }) => ({ ...w, id: randomUUID(), courseSlug, plannedAt: clock.now(), receivedAt: null, openedAt: null, questionVersionIds: pickQuestions(askable.get(w.personId) ?? [], n, day, `${w.personId} ${w.stage} ${w.dueOn}`).map((id) => versions.get(id) as string) }));
    const result = await this.db.repo(Refresher).createQueryBuilder().insert().values(rows).orIgnore().returning('id').execute();
    return (result.raw as unknown[]).length;
  }
}

/** The first stage of a holder's calendar that was not planned and is not long past. */
function nextStage(h: Holder, day: Day): Stage | undefined {
  const planned = new Set(h.planned);
  const rest = calendarOf(h.issuedOn, h.validUntil).filter((s) => !planned.has(s.stage) && s.dueOn >= addDays(day, -BEHIND_DAYS));
  // Of two that are due at once, as after a long pause, the later one stands for both.
  const due = rest.filter((s) => s.dueOn <= addDays(day, AHEAD_DAYS));
  return due.at(-1) ?? rest[0];
}

