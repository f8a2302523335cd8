import { Injectable } from '@nestjs/common';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { Secrets } from '#platform/secrets';

/** Everything that is kept of a person: name of a part, and its rows (`$1`: the person's records, also those that were put together with theirs). */
const PARTS: Record<string, string> = {
  person: 'select code, name, birth_year, sex, phone, created_at, erased_at from person where id = any($1)',
  postings: "select q.position, q.body, q.locality, (select v.name from unit_version v where v.unit_id = q.unit_id order by v.valid desc limit 1) as unit, lower(q.valid) as from, upper(q.valid) as until from posting q where q.person_id = any($1) order by q.valid",
  ethnicity: 'select sealed, consented_at from person_ethnicity where person_id = any($1)',
  roles: "select g.role, (select v.name from unit_version v where v.unit_id = g.unit_id order by v.valid desc limit 1) as unit, lower(g.valid) as from, upper(g.valid) as until from role_grant g where g.person_id = any($1) and not isempty(g.valid)",
  account: 'select secret_kind, activated_at from account where person_id = any($1)',
  devices: 'select label, created_at, seen_at, ended_at from session where person_id = any($1) order by created_at',
  consents: "select purpose, text_version, at, null as ended_at from consent where person_id = any($1) union all select purpose, '', null, at from consent_end where person_id = any($1)",
  classes: 'select c.title, c.code, e.name, e.birth_year, e.position, e.unit_name, e.source, e.added_at, e.outcome from enrolment e join training_class c on c.id = e.class_id where e.person_id = any($1) order by e.added_at',
  attendance: 'select c.title, s.date, s.part, m.status, m.at, m.source, m.reason from attendance_mark m join enrolment e on e.id = m.enrolment_id join class_session s on s.id = m.session_id join training_class c on c.id = s.class_id where e.person_id = any($1) order by m.at',
  taught: 'select c.title, c.code from class_trainer x join training_class c on c.id = x.class_id where x.person_id = any($1)',
  tests: 'select f.title, f.kind, a.channel, a.started_at, a.submitted_at, a.score, a.passed from attempt a join form f on f.id = a.form_id where a.person_id = any($1) order by a.started_at',
  answers: 'select v.stem, s.choice, s.answered_at from answer s join attempt a on a.id = s.attempt_id join question_version v on v.id = s.question_version_id where a.person_id = any($1) order by s.answered_at',
  lessons: 'select l.title, c.card, c.at from card_seen c join lesson l on l.id = c.lesson_id where c.person_id = any($1) order by c.at',
  certificates: 'select register_no, kind, title, holder_name, issued_on, valid_until from register_entry where person_id = any($1) order by seq',
  refreshers: 'select title, stage, due_on, opened_at from refresher where person_id = any($1) order by due_on',
  reminders: 'select stage, channel, text, status, made_at, sent_at from reminder where person_id = any($1) order by made_at',
  requests: 'select kind, note, state, asked_on, done_by, answer, closed_on from privacy_request where person_id = any($1) order by asked_on',
  lookedAt: "select r.at, r.action, p.name as by from audit_row r left join person p on p.id = r.actor_id where r.object_type = 'person' and r.object_id = any($1::text[]) and r.action in ('person.seen', 'person.corrected', 'person.merged', 'privacy.exported') order by r.at",
};

/** What is kept of somebody, to be shown and taken along. */
@Injectable()
export class OwnData {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly secrets: Secrets) {}

  /** A person's records: the own one and those that were put together with it. */
  async idsOf(personId: string): Promise<string[]> {
    return (await this.db.rows<{ id: string }>('select id from person where id = $1 or merged_into_id = $1', [personId])).map((r) => r.id);
  }

  async counts(personId: string): Promise<{ what: string; n: number }[]> {
    const ids = await this.idsOf(personId);
    const counts = [];
    for (const [what, sql] of Object.entries(PARTS)) counts.push({ what, n: (await this.db.row<{ n: number }>(`select count(*)::int as n from (${sql}) x`, [ids])).n });
    return counts.filter((c) => c.n > 0);
  }

  /** All of it. That it was taken, and by whom, is noted. */
  async all(actor: Pick<Actor, 'personId'> | null, personId: string): Promise<Buffer> {
    const ids = await this.idsOf(personId);
    const data: Record<string, unknown> = { madeAt: clock.now().toISOString() };
    for (const [what, sql] of Object.entries(PARTS)) data[what] = (await this.db.rows(sql, [ids])).map(({ sealed, ...row }) => (sealed ? { value: this.secrets.open(sealed as Buffer).toString('utf8'), ...row } : row));
    await this.audit.record(actor, 'privacy.exported', { type: 'person', id: personId });
    return Buffer.from(`${JSON.stringify(data, null, 1)}\n`, 'utf8');
  }
}
