import { Injectable } from '@nestjs/common';
import type { AttendanceStatus, MarkSource } from '@lantoa/shared/attendance';
import { Db } from '#platform/db';
import type { ClassStatus } from './class-lifecycle.rules.ts';
import { visibleTo } from './classes.policy.ts';

export interface ClassSummary { id: string; code: string; title: string; status: ClassStatus; tierName: string; unitId: string; unitName: string; startsOn: string; endsOn: string; expected: number; enrolled: number; reportDays: number; tierPosition: number; createdBy: string; trainerIds: string[]; note: string | null; askedAt: Date | null; programmeSlug: string; place: string }

const SUMMARY = `select c.id, c.code, c.title, c.status, t.name as "tierName", c.unit_id as "unitId", c.unit_name as "unitName", c.starts_on as "startsOn", c.ends_on as "endsOn", c.expected, c.place, r.report_days as "reportDays", t.position as "tierPosition", c.created_by as "createdBy",
    (select count(*) from enrolment e where e.class_id = c.id and e.duplicate_of_id is null)::int as enrolled, (select coalesce(array_agg(x.person_id) filter (where x.person_id is not null), '{}') from class_trainer x where x.class_id = c.id) as "trainerIds",
    (select m.note from class_move m where m.class_id = c.id order by m.at desc limit 1) as note, (select m.at from class_move m where m.class_id = c.id and m.act in ('submit', 'submit-report') order by m.at desc limit 1) as "askedAt", p.slug as "programmeSlug"
  from training_class c join tier t on t.id = c.tier_id join programme p on p.id = t.programme_id
    left join lateral (select x.report_days from tier_rule x where x.tier_id = t.id order by x.valid @> c.starts_on desc, x.valid limit 1) r on true`;

@Injectable()
export class ClassesQueries {
  constructor(private readonly db: Db) {}

  visible(params: [string[] | null, string]): Promise<ClassSummary[]> {
    return this.db.rows<ClassSummary>(`${SUMMARY} where ${visibleTo} order by c.starts_on desc, c.code desc limit 500`, params);
  }

  async summary(id: string): Promise<ClassSummary | undefined> {
    return (await this.db.rows<ClassSummary>(`${SUMMARY} where c.id = $1`, [id]))[0];
  }

  sessions(classId: string) {
    return this.db.rows<{ id: string; date: string; part: 'morning' | 'afternoon'; startsAt: string; endsAt: string; closedAt: Date | null; marked: number }>(
      `select s.id, s.date, s.part, s.starts_at as "startsAt", s.ends_at as "endsAt", s.closed_at as "closedAt", (select count(distinct m.enrolment_id) from attendance_mark m where m.session_id = s.id)::int as marked
        from class_session s where s.class_id = $1 order by s.date, s.part desc`, [classId]);
  }

  trainers(classId: string) {
    return this.db.rows<{ name: string; body: string | null; personId: string | null; registerNo: string | null; entryId: string | null }>(
      'select t.name, t.body, t.person_id as "personId", e.register_no as "registerNo", t.entry_id as "entryId" from class_trainer t left join register_entry e on e.id = t.entry_id where t.class_id = $1 order by t.person_id is null, t.name', [classId]);
  }

  /** The mark that counts for each person and session: the team's last one; without one, the person's own scan. */
  marks(classId: string): Promise<{ sessionId: string; enrolmentId: string; status: AttendanceStatus; source: MarkSource }[]> {
    return this.db.rows(
      `select distinct on (m.session_id, coalesce(e.duplicate_of_id, e.id)) m.session_id as "sessionId", coalesce(e.duplicate_of_id, e.id) as "enrolmentId", m.status, m.source
        from attendance_mark m join class_session s on s.id = m.session_id join enrolment e on e.id = m.enrolment_id where s.class_id = $1
        order by m.session_id, coalesce(e.duplicate_of_id, e.id), m.source <> 'self' desc, m.at desc, m.seq desc`, [classId]);
  }

  /** Every mark of a session in the order in which they were made, with who made it. */
  allMarks(sessionId: string): Promise<{ enrolmentId: string; status: AttendanceStatus; source: MarkSource; at: Date; by: string; reason: string | null }[]> {
    return this.db.rows(
      `select coalesce(e.duplicate_of_id, e.id) as "enrolmentId", m.status, m.source, m.at, p.name as by, m.reason
        from attendance_mark m join enrolment e on e.id = m.enrolment_id join person p on p.id = m.by_person_id where m.session_id = $1 order by m.at, m.seq`, [sessionId]);
  }

  /** How each person of a class stood the rubric: the last scores of each observer. */
  teachBacks(classId: string): Promise<{ enrolmentId: string; observer: 1 | 2; observerName: string; scores: Record<string, number>; note: string | null }[]> {
    return this.db.rows(
      `select distinct on (coalesce(e.duplicate_of_id, e.id), b.observer) coalesce(e.duplicate_of_id, e.id) as "enrolmentId", b.observer, b.observer_name as "observerName", b.scores, b.note
        from teach_back b join enrolment e on e.id = b.enrolment_id where e.class_id = $1 order by coalesce(e.duplicate_of_id, e.id), b.observer, b.at desc, b.seq desc`, [classId]);
  }

  /** Classes of the same day that share a trainer or learners: a warning, not a refusal. */
  clashes(classId: string): Promise<{ code: string; people: number }[]> {
    return this.db.rows(
      `select o.code, count(distinct e.person_id)::int as people from training_class c join training_class o on o.id <> c.id and o.status not in ('cancelled', 'draft') and daterange(c.starts_on, c.ends_on, '[]') && daterange(o.starts_on, o.ends_on, '[]')
        join (select class_id, person_id from enrolment union select class_id, person_id from class_trainer where person_id is not null) e on e.class_id = o.id
        join (select class_id, person_id from enrolment union select class_id, person_id from class_trainer where person_id is not null) own on own.class_id = c.id and own.person_id = e.person_id
        where c.id = $1 group by o.code order by o.code`, [classId]);
  }

  /** Of the villages that were asked to send people, how many have somebody trained in post already. */
  async invited(classId: string): Promise<{ all: number; covered: number }> {
    return this.db.row(
      `select count(*)::int as all, count(*) filter (where exists (select 1 from posting q join enrolment e on e.person_id = q.person_id and e.outcome = 'passed' join training_class o on o.id = e.class_id and o.tier_id = c.tier_id
          where q.unit_id = i.unit_id and (i.locality is null or q.locality = i.locality) and q.valid @> c.starts_on))::int as covered
        from class_invitation i join training_class c on c.id = i.class_id where c.id = $1`, [classId]);
  }
}
