import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.ts';
import { makers } from './make.ts';

interface Learner { person: string; unit: string; on?: string; pre?: number; post?: number; outcome?: 'passed' | 'not-passed' | 'absent' | null }
interface NewClass { code: string; tier: number; unit: string; days: [string, string]; expected: number; trainers: (string | null)[]; learners: Learner[]; status?: string; reportedOn?: string }

/**
 * Writes the facts of a cascade straight into the tables, so that a test can lay down any history in a few lines: people by name, units by code of a day, shares right out of ten anchors. What the services
 * would refuse today (a class of 2022) is a fact here.
 */
export function cascadeMakers(t: TestApp) {
  const make = makers(t);
  const { db } = t;
  const people = new Map<string, string>();
  const classes = new Map<string, { id: string; tierId: string; pre: string; post: string }>();
  const unit = (code: string, on = '2022-11-01') => make.unit(code, on);
  const person = async (name: string): Promise<string> => {
    const known = people.get(name);
    if (known) return known;
    const { id } = await make.person({ name: `Người ${name} (mẫu)`, phone: null });
    people.set(name, id);
    return id;
  };
  const form = async () => db.row<{ id: string; courseVersionId: string }>(`select f.id, v.id as "courseVersionId" from form f join course c on c.slug = f.course_slug join course_version v on v.course_id = c.id where f.course_slug = 'gioi-va-binh-dang-gioi' and f.slug = 'dau-ra' order by f.number desc limit 1`);
  const sitting = async (): Promise<string> => {
    const id = randomUUID();
    await db.rows('insert into sitting (id, form_id, opened_at) values ($1, $2, now())', [id, (await form()).id]);
    return id;
  };
  /** A test that counts. `marks`: question versions with right or wrong, for what is compared question by question. */
  const attempt = async (personId: string, sittingId: string, right: number, at: string, marks: readonly (readonly [string, boolean])[] = []): Promise<string> => {
    const id = randomUUID();
    await db.rows(
      `insert into attempt (id, form_id, person_id, sitting_id, series_id, number, channel, started_at, submitted_at, anchor_right, anchor_total, right_count, total_count, counts) values ($1, $2, $3, $4, $4, 1, 'own-phone', $5, $5, $6, 10, $6, 10, true)`,
      [id, (await form()).id, personId, sittingId, `${at}T10:00:00+07:00`, right]);
    for (const [version, ok] of marks) await db.rows('insert into mark (attempt_id, question_version_id, choice, "right", credit) values ($1, $2, null, $3, $4)', [id, version, ok, ok ? 1 : 0]);
    return id;
  };
  const cls = async (o: NewClass): Promise<string> => {
    const id = randomUUID();
    const tier = await make.tier(o.tier);
    const f = await form();
    const made = { id, tierId: tier.id, pre: await sitting(), post: await sitting() };
    await db.rows(
      `insert into training_class (id, code, tier_id, unit_id, unit_name, title, place, expected, status, starts_on, ends_on, course_version_id, pre_form_id, post_form_id, pre_sitting_id, post_sitting_id, created_by, created_at)
        values ($1, $2, $3, $4, 'Đơn vị', $5, 'Hội trường', $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, now())`,
      [id, o.code, tier.id, await unit(o.unit, o.days[0]), `Lớp ${o.code}`, o.expected, o.status ?? 'completed', o.days[0], o.days[1], f.courseVersionId, f.id, made.pre, made.post, await person('thư ký')]);
    for (const name of o.trainers) await db.rows('insert into class_trainer (id, class_id, person_id, name, body) values ($1, $2, $3, $4, null)', [randomUUID(), id, name === null ? null : await person(name), name ?? 'Khách mời']);
    for (const l of o.learners) await enrol(made, l, o.days[1]);
    if (o.reportedOn) await db.rows(`insert into class_move (id, class_id, act, "to", by_person_id, at) values ($1, $2, 'submit-report', 'report-submitted', $3, $4)`, [randomUUID(), id, await person('thư ký'), `${o.reportedOn}T10:00:00+07:00`]);
    classes.set(o.code, made);
    return id;
  };
  const enrol = async (c: { id: string; pre: string; post: string }, l: Learner, day: string) => {
    const personId = await person(l.person);
    await db.rows(
      `insert into enrolment (id, class_id, person_id, name, sort_key, birth_year, sex, unit_id, unit_name, position, source, added_at, outcome) values ($1, $2, $3, $4, $4, 1980, 'female', $5, 'Đơn vị', 'Cán bộ', 'roster', now(), $6)`,
      [randomUUID(), c.id, personId, l.person, await unit(l.unit, l.on ?? '2022-11-01'), l.outcome === undefined ? 'passed' : l.outcome]);
    if (l.pre !== undefined) await attempt(personId, c.pre, l.pre, day);
    if (l.post !== undefined) await attempt(personId, c.post, l.post, day);
  };
  let seq = 0;
  /** A line of the register, of the tier's type. @returns its id */
  const certificate = async (name: string, tier: number, unitCode: string, issuedOn: string, validUntil: string, revokes: string | null = null): Promise<string> => {
    const id = randomUUID();
    const { certificateTypeId } = await make.tier(tier);
    const { issuer } = await db.row<{ issuer: string }>('select issuer_id as issuer from certificate_type where id = $1', [certificateTypeId]);
    await db.rows(
      `insert into register_entry (id, seq, kind, issuer_id, type_id, year, person_id, holder_name, holder_folded, unit_id, unit_name, title, hours, issued_on, valid_until, decision_no, signer_title, signer_name, refers_to, recorded_at, previous_hash, hash)
        values ($1, $2, $3, $4, $5, 2022, $6, $7, $7, $8, 'Đơn vị', 'Giấy', 8, $9, $10, '1/QĐ', 'CT', 'Mẫu', $11, now(), '', $12)`,
      [id, ++seq, revokes ? 'revocation' : 'issue', issuer, certificateTypeId, await person(name), name, await unit(unitCode), issuedOn, validUntil, revokes, `h${seq}`]);
    return id;
  };
  /** A refresher of the tier's course that was planned for somebody. */
  const refresher = async (name: string, tier: number, dueOn: string, doneOn: string | null = null): Promise<string> => {
    const id = randomUUID();
    const personId = await person(name);
    await db.rows(`insert into refresher (id, person_id, course_slug, title, stage, due_on, question_version_ids, planned_at) values ($1, $2, (select course_slug from tier where id = $3), 'Ôn lại', 'd7', $4, '{}', now())`, [id, personId, (await make.tier(tier)).id, dueOn]);
    if (doneOn) {
      await db.rows('insert into sitting (id, form_id, opened_at) values ($1, $2, now())', [id, (await form()).id]);
      await attempt(personId, id, 5, doneOn);
    }
    return id;
  };
  const posting = async (name: string, unitCode: string, from: string, until: string | null = null) =>
    db.rows(`insert into posting (id, person_id, unit_id, position, valid) values ($1, $2, $3, 'Cán bộ', daterange($4::date, $5::date))`, [randomUUID(), await person(name), await unit(unitCode, from), from, until]);
  const target = async (tier: number, unitCode: string, n: number, on = '2022-11-01') => db.rows(`insert into tier_target (id, tier_id, unit_id, people, valid) values ($1, $2, $3, $4, daterange($5::date, null))`, [randomUUID(), (await make.tier(tier)).id, await unit(unitCode, on), n, on]);
  return { make, unit, person, sitting, attempt, cls, certificate, refresher, posting, target, classOf: (code: string) => classes.get(code) as { id: string; tierId: string; pre: string; post: string } };
}
