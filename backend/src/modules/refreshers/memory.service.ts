import { Injectable } from '@nestjs/common';
import { chunks } from '@lantoa/shared/rules/lists';
import type { Day } from '@lantoa/shared/rules/days';
import { type Memory, type Review, replay } from '@lantoa/shared/rules/memory';
import { type Askable, WEAK_TOPIC } from '@lantoa/shared/rules/refreshers';
import { Db } from '#platform/db';
import { recallOf } from './refreshers.queries.ts';

/** A question of a course in its newest version. */
export interface PoolQuestion { questionId: string; versionId: string; topic: string }
type MemoryRow = Memory & { personId: string; questionId: string };

/**
 * The answers of people (`$1`) that say what they remember: of those to a question on one day the first. A pre-test teaches nothing, because it says nothing. The day is that of the phone, but never after the answer was heard of.
 */
const REVIEWS = `select a.person_id as "personId", v.question_id as "questionId", (least(coalesce(s.at, a.submitted_at), a.submitted_at) at time zone 'Asia/Ho_Chi_Minh')::date as day, m."right"
  from attempt a join form f on f.id = a.form_id and f.kind <> 'pre' join mark m on m.attempt_id = a.id and m.choice is not null join question_version v on v.id = m.question_version_id
  left join lateral (select max(x.answered_at) as at from answer x where x.attempt_id = a.id and x.question_version_id = m.question_version_id and not x.late) s on true
  where a.person_id = any($1::uuid[]) and a.submitted_at is not null order by a.person_id, coalesce(s.at, a.submitted_at), a.submitted_at`;
const PEOPLE_AT_ONCE = 500;

/** What people remember: always what `replay` makes of all their answers, whatever the order in which these came. */
@Injectable()
export class MemoryService {
  constructor(private readonly db: Db) {}

  /** Follows everything that was handed in; of these people only, where they are named. */
  async catchUp(personIds: readonly string[] | null = null): Promise<void> {
    const behind = await this.db.rows<{ id: string }>('select distinct a.person_id as id from attempt a where a.submitted_at is not null and ($1::uuid[] is null or a.person_id = any($1)) and not exists (select 1 from reviewed_attempt r where r.attempt_id = a.id)', [personIds]);
    for (const some of chunks(behind.map((p) => p.id), PEOPLE_AT_ONCE)) await this.remake(some);
  }

  async reviewsOf(personId: string): Promise<Review[]> {
    return (await this.db.rows<Review & { personId: string }>(REVIEWS, [[personId]])).map(({ personId: _p, ...r }) => r);
  }

  /** The questions of a course as somebody may be asked them. */
  pool(courseSlug: string): Promise<PoolQuestion[]> {
    return this.db.rows<PoolQuestion>('select distinct on (q.id) q.id as "questionId", v.id as "versionId", v.topic from question q join question_version v on v.question_id = q.id where q.course_slug = $1 order by q.id, v.number desc', [courseSlug]);
  }

  /** The same with what each of these people remembers. */
  async askable(personIds: readonly string[], pool: readonly PoolQuestion[]): Promise<Map<string, Askable[]>> {
    const rows = await this.db.rows<MemoryRow>('select person_id as "personId", question_id as "questionId", stability, difficulty, last_day as "lastDay", last_right as "lastRight" from question_memory where person_id = any($1::uuid[]) and question_id = any($2::uuid[])', [personIds, pool.map((q) => q.questionId)]);
    const known = new Map<string, Map<string, Memory>>();
    for (const { personId, questionId, ...memory } of rows) {
      if (!known.has(personId)) known.set(personId, new Map());
      known.get(personId)?.set(questionId, memory);
    }
    return new Map(personIds.map((id) => [id, pool.map((q) => ({ questionId: q.questionId, topic: q.topic, memory: known.get(id)?.get(q.questionId) ?? null }))]));
  }

  /** Which of these people have forgotten a topic: those of whose questions they remember less than `WEAK_TOPIC` on the mean. Reckoned in the database: a hundred thousand people remember millions of things. */
  async fadedFor(personIds: readonly string[], pool: readonly PoolQuestion[], day: Day): Promise<Set<string>> {
    const rows = await this.db.rows<{ id: string }>(
      `select distinct person_id as id from (select m.person_id, k.topic from question_memory m join unnest($2::uuid[], $3::text[]) as k(id, topic) on k.id = m.question_id where m.person_id = any($1::uuid[])
        group by m.person_id, k.topic having avg(${recallOf('$4')}) < ${WEAK_TOPIC}) x`, [personIds, pool.map((q) => q.questionId), pool.map((q) => q.topic), day]);
    return new Set(rows.map((r) => r.id));
  }

  private remake(personIds: readonly string[]): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock('refreshers:memory');
      // Noted before they are read: what is handed in meanwhile is followed the next time.
      await this.db.rows('insert into reviewed_attempt (attempt_id) select id from attempt where person_id = any($1::uuid[]) and submitted_at is not null on conflict do nothing', [personIds]);
      const logs = new Map<string, Review[]>(personIds.map((id) => [id, []]));
      for (const { personId, ...r } of await this.db.rows<Review & { personId: string }>(REVIEWS, [personIds])) logs.get(personId)?.push(r);
      const rows = [...logs].flatMap(([personId, log]) => [...replay(log)].map(([questionId, m]) => ({ personId, questionId, ...m })));
      await this.db.rows('delete from question_memory where person_id = any($1::uuid[])', [personIds]);
      const column = <K extends keyof MemoryRow>(k: K): MemoryRow[K][] => rows.map((r) => r[k]);
      await this.db.rows(
        'insert into question_memory (person_id, question_id, stability, difficulty, last_day, last_right) select * from unnest($1::uuid[], $2::uuid[], $3::float8[], $4::float8[], $5::date[], $6::bool[])',
        [column('personId'), column('questionId'), column('stability'), column('difficulty'), column('lastDay'), column('lastRight')]);
    });
  }
}
