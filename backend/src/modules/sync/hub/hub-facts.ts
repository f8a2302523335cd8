import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { HubClass, HubOperation } from './hub.entity.ts';

/** How a mark from a laptop stands in the history of the class, and why it may come after the half-day was closed. */
const REASON = 'Điểm danh trên máy lớp';

/** People, marks and tests that came about on the laptop, each as the operation that tells of it. `$1` is the class, `$2` what came with the kit. */
const FACTS = `
  select e.id as fact_id, '' as stage, 1 as kind, 'training.addEnrolment' as endpoint, e.added_at as at, e.name as about,
      jsonb_build_object('params', jsonb_build_object('classId', e.class_id), 'body', jsonb_build_object('id', e.id, 'name', e.name, 'birthYear', coalesce(e.birth_year, 1900), 'sex', e.sex, 'phone', p.phone, 'unitId', e.unit_id, 'position', e.position)) as input
    from enrolment e join person p on p.id = e.person_id where e.class_id = $1 and e.id <> all($2::uuid[])
  union all
  select m.id, '', 2, 'training.markAttendance', m.at, e.name, jsonb_build_object('params', jsonb_build_object('sessionId', m.session_id), 'body', jsonb_build_object('marks', jsonb_build_array(jsonb_build_object('id', m.id, 'enrolmentId', m.enrolment_id, 'status', m.status, 'source', case when m.source = 'self' then 'scan' else m.source end, 'at', to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'reason', coalesce(m.reason, '${REASON}')))))
    from attendance_mark m join class_session s on s.id = m.session_id and s.class_id = $1 join enrolment e on e.id = m.enrolment_id where m.id <> all($2::uuid[])
  union all
  select a.id, case when a.submitted_at is null then 'open' else 'done' end, 3, 'sync.handOverAttempt', coalesce(a.submitted_at, a.started_at), e.name,
      jsonb_build_object('params', jsonb_build_object('classId', $1::uuid), 'body', jsonb_build_object('id', a.id, 'enrolmentId', e.id, 'kind', case when a.sitting_id = c.pre_sitting_id then 'pre' else 'post' end, 'channel', a.channel, 'startedAt', to_char(a.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'submitted', a.submitted_at is not null,
        'answers', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'questionVersionId', w.question_version_id, 'choice', w.choice, 'revision', w.revision, 'answeredAt', to_char(w.answered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by w.received_at, w.revision) from answer w where w.attempt_id = a.id), '[]')))
    from attempt a join training_class c on c.id = $1 and a.sitting_id in (c.pre_sitting_id, c.post_sitting_id) join enrolment e on e.class_id = c.id and e.person_id = a.person_id where a.id <> all($2::uuid[])`;

/** What was done on a laptop, as a list that only grows. */
@Injectable()
export class HubFacts {
  constructor(private readonly db: Db) {}

  /** Writes down what is new, each fact once, with a number and an id that stay. */
  collect(held: HubClass): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock(`hub:${held.classId}`);
      await this.db.rows(
        `with fact as (${FACTS}), fresh as (select f.* from fact f where not exists (select 1 from hub_operation o where o.class_id = $1 and o.fact_id = f.fact_id and o.stage = f.stage))
          insert into hub_operation (id, class_id, fact_id, stage, seq, endpoint, input, about, done_at, outcome)
            select gen_random_uuid(), $1, f.fact_id, f.stage, coalesce((select max(o.seq) from hub_operation o where o.class_id = $1), 0) + row_number() over (order by f.kind, f.at, f.fact_id), f.endpoint, f.input, f.about, f.at, 'waiting' from fresh f`,
        [held.classId, held.known]);
    });
  }

  /** Under which line of the class the main server keeps people who were added here, where it is another one. */
  async lines(classId: string): Promise<Map<string, string>> {
    const rows = await this.db.rows<{ id: string; line: string }>("select fact_id as id, output ->> 'id' as line from hub_operation where class_id = $1 and endpoint = 'training.addEnrolment' and outcome = 'done'", [classId]);
    return new Map(rows.map((r) => [r.id, r.line]));
  }

  /** An operation with the lines of the main server in the place of ours. */
  addressed(op: HubOperation, lines: ReadonlyMap<string, string>): HubOperation['input'] {
    const line = (id: unknown): unknown => lines.get(String(id)) ?? id;
    const { body } = op.input;
    if (op.endpoint === 'sync.handOverAttempt') return { ...op.input, body: { ...body, enrolmentId: line(body.enrolmentId) } };
    if (op.endpoint === 'training.markAttendance') return { ...op.input, body: { ...body, marks: (body.marks as { enrolmentId: string }[]).map((m) => ({ ...m, enrolmentId: line(m.enrolmentId) })) } };
    return op.input;
  }
}
