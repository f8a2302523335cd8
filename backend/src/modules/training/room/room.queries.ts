import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { RoomPhase } from './room.rules.ts';

export interface RoomPersonRow { enrolmentId: string; personId: string; name: string; unitName: string; phone: string | null; birthYear: number | null; seatId: string | null; seatChannel: 'own-phone' | 'shared-phone' | null; attemptId: string | null; attemptChannel: 'own-phone' | 'shared-phone' | 'paper' | null; submitted: boolean; late: boolean; counts: boolean; answered: number }

export interface SeatRow { personId: string; attemptId: string; channel: 'own-phone' | 'shared-phone'; released: boolean; name: string; roomId: string; code: string; kind: 'pre' | 'post'; phase: RoomPhase; pace: 'own' | 'together'; question: number; version: number; startCode: string | null; title: string; formId: string; sittingId: string | null }

const SITTING = "case when r.kind = 'pre' then c.pre_sitting_id else c.post_sitting_id end";

@Injectable()
export class RoomQueries {
  constructor(private readonly db: Db) {}

  /** Everybody of the class with seat and attempt: the attempt that counts, else the one handed in, else the newest. */
  people(roomId: string): Promise<RoomPersonRow[]> {
    return this.db.rows<RoomPersonRow>(
      `select e.id as "enrolmentId", e.person_id as "personId", e.name, e.unit_name as "unitName", p.phone, p.birth_year as "birthYear", s.id as "seatId", s.channel as "seatChannel", a.id as "attemptId", a.channel as "attemptChannel",
          coalesce(a.submitted_at is not null, false) as submitted, coalesce(a.late, false) as late, coalesce(a.counts, false) as counts, coalesce((select count(distinct w.question_version_id) from answer w where w.attempt_id = a.id), 0)::int as answered
        from room r join training_class c on c.id = r.class_id join enrolment e on e.class_id = c.id and e.duplicate_of_id is null join person p on p.id = e.person_id
        left join room_seat s on s.room_id = r.id and s.person_id = e.person_id and s.released_at is null
        left join lateral (select * from attempt a where a.sitting_id = ${SITTING} and a.person_id = e.person_id order by a.counts desc, a.submitted_at is null, a.started_at desc limit 1) a on true
        where r.id = $1 order by e.sort_key, e.id`, [roomId]);
  }

  /** Who sits with a token, and for which attempt: all that sending answers needs. */
  async sitter(tokenHash: Buffer): Promise<{ personId: string; attemptId: string; released: boolean } | undefined> {
    const [row] = await this.db.prepared<{ personId: string; attemptId: string; released: boolean }>('select person_id as "personId", attempt_id as "attemptId", released_at is not null as released from room_seat where token_hash = $1', [tokenHash]);
    return row;
  }

  /** A seat with its room and class, by the hash of its token. */
  async seat(tokenHash: Buffer): Promise<SeatRow | undefined> {
    const [row] = await this.db.rows<SeatRow>(
      `select s.person_id as "personId", s.attempt_id as "attemptId", s.channel, s.released_at is not null as released, e.name, r.id as "roomId", r.code, r.kind, r.phase, r.pace, r.question, r.version, r.start_code as "startCode", c.title,
          case when r.kind = 'pre' then c.pre_form_id else c.post_form_id end as "formId", ${SITTING} as "sittingId"
        from room_seat s join room r on r.id = s.room_id join training_class c on c.id = r.class_id join enrolment e on e.id = s.enrolment_id where s.token_hash = $1`, [tokenHash]);
    return row;
  }

  /** How many have a seat or an attempt, and how many have handed in. */
  counts(roomId: string): Promise<{ people: number; joined: number; done: number }> {
    return this.db.row(
      `select (select count(*) from enrolment e where e.class_id = r.class_id and e.duplicate_of_id is null)::int as people,
          (select count(*) from (select person_id from room_seat where room_id = r.id and released_at is null union select person_id from attempt where sitting_id = ${SITTING}) j)::int as joined,
          (select count(*) from attempt a where a.sitting_id = ${SITTING} and a.counts)::int as done
        from room r join training_class c on c.id = r.class_id where r.id = $1`, [roomId]);
  }

  /** How often each answer was given to each question, in attempts that count. */
  choices(sittingId: string): Promise<{ questionVersionId: string; choice: string | null; n: number }[]> {
    return this.db.rows('select m.question_version_id as "questionVersionId", m.choice, count(*)::int as n from mark m join attempt a on a.id = m.attempt_id where a.sitting_id = $1 and a.counts group by 1, 2', [sittingId]);
  }
}
