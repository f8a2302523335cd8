import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ClassKit } from '@lantoa/shared/hub';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { ClassesService } from '#modules/training';
import { HubClass } from './hub.entity.ts';

const CLASS = 'select * from training_class where id = $1';
const PEOPLE = `select e.person_id as id from enrolment e where e.class_id = $1 union select x.person_id from class_trainer x where x.class_id = $1 and x.person_id is not null union select c.created_by from (${CLASS}) c union select $2::uuid union select m.by_person_id from attendance_mark m join class_session s on s.id = m.session_id where s.class_id = $1`;
const COURSE = `(select t.course_slug from tier t join (${CLASS}) c on c.tier_id = t.id)`;
const FORMS = `select f.id from form f where f.course_slug = ${COURSE} and f.kind in ('pre', 'post', 'practice', 'lesson-check') and (f.withdrawn_at is null or f.id in (select unnest(array[c.pre_form_id, c.post_form_id]) from (${CLASS}) c))`;
const SITTINGS = `select unnest(array[c.pre_sitting_id, c.post_sitting_id]) from (${CLASS}) c`;

/**
 * What goes into a kit, in the order of its foreign keys: a table and the rows of it (`$1` is the class, `$2` who asks). What a class does not need stays behind: the register, other people's accounts, pictures of papers.
 */
const CONTENT: readonly [table: string, rows: string][] = [
  ['unit', 'select * from unit where $1::uuid is not null and $2::uuid is not null'], ['unit_version', 'select * from unit_version where $1::uuid is not null and $2::uuid is not null'], ['unit_heir', 'select * from unit_heir where $1::uuid is not null and $2::uuid is not null'],
  ['person', `select * from person where id in (${PEOPLE})`], ['posting', `select * from posting where person_id in (${PEOPLE})`],
  ['account', `select * from account where person_id in (select person_id from class_trainer where class_id = $1 union select $2::uuid)`], ['role_grant', `select * from role_grant where person_id in (select person_id from class_trainer where class_id = $1 union select $2::uuid)`],
  ['course', `select * from course where slug = ${COURSE} and $2::uuid is not null`], ['course_version', `select v.* from course_version v join course c on c.id = v.course_id where c.slug = ${COURSE} and $2::uuid is not null`],
  ['lesson', `select l.* from lesson l join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id where c.slug = ${COURSE} and $2::uuid is not null`],
  ['question', `select * from question where course_slug = ${COURSE} and $2::uuid is not null`], ['question_version', `select v.* from question_version v join question q on q.id = v.question_id where q.course_slug = ${COURSE} and $2::uuid is not null`],
  ['form', `select * from form where id in (${FORMS}) and $2::uuid is not null`], ['form_item', `select i.* from form_item i where i.form_id in (${FORMS}) and $2::uuid is not null`],
  ['issuer', 'select * from issuer where $1::uuid is not null and $2::uuid is not null'], ['certificate_type', 'select * from certificate_type where $1::uuid is not null and $2::uuid is not null'],
  ['programme', 'select * from programme where $1::uuid is not null and $2::uuid is not null'], ['tier', 'select * from tier where $1::uuid is not null and $2::uuid is not null'], ['tier_rule', 'select * from tier_rule where $1::uuid is not null and $2::uuid is not null'],
  ['sitting', `select * from sitting where id in (${SITTINGS}) and $2::uuid is not null`], ['training_class', `${CLASS} and $2::uuid is not null`], ['class_session', 'select * from class_session where class_id = $1 and $2::uuid is not null'],
  ['class_trainer', 'select * from class_trainer where class_id = $1 and $2::uuid is not null'], ['enrolment', 'select * from enrolment where class_id = $1 and $2::uuid is not null'],
  ['attendance_mark', 'select m.* from attendance_mark m join class_session s on s.id = m.session_id where s.class_id = $1 and $2::uuid is not null'], ['seat', `select * from seat where sitting_id in (${SITTINGS}) and $2::uuid is not null`],
  ['attempt', `select * from attempt where sitting_id in (${SITTINGS}) and $2::uuid is not null`],
];
/** Columns that point at what stays behind. */
const LEFT_BEHIND: Record<string, string> = { certificate_type: '{"template_id": null}', class_trainer: '{"entry_id": null}', course_version: '{"published_by": null}', role_grant: '{"granted_by": null}' };
/** Rows that the laptop makes itself afterwards; what is not among those that came was done there. */
const FACTS = ['enrolment', 'attendance_mark', 'attempt'];

/** Classes as kits: out of the main server, into a laptop. */
@Injectable()
export class KitsService {
  constructor(private readonly db: Db, private readonly classes: ClassesService, private readonly audit: Audit) {}

  /** For the team of a class, while it can be worked on. */
  async kit(actor: Actor, classId: string): Promise<ClassKit> {
    await this.classes.forWork(actor, classId);
    const tables = [];
    for (const [name, rows] of CONTENT) tables.push({ name, rows: (await this.db.rows<{ row: Record<string, unknown> }>(`select to_jsonb(x) || coalesce($3::jsonb, '{}') as row from (${rows}) x`, [classId, actor.personId, LEFT_BEHIND[name] ?? null])).map((r) => r.row) });
    await this.audit.record(actor, 'class.kit-fetched', { type: 'class', id: classId });
    return { format: await this.format(), madeAt: clock.now().toISOString(), classId, tables };
  }

  /** Takes a class in. What is here already stays as it is; what has come since is added. */
  take(kit: ClassKit, url: string): Promise<void> {
    return this.db.transaction(async () => {
      if (kit.format !== (await this.format())) throw problem('sync.hub-other-version');
      await this.db.lock(`hub:${kit.classId}`);
      const wanted = new Map(CONTENT.map(([name]) => [name, kit.tables.find((t) => t.name === name)?.rows ?? []]));
      for (const [name, rows] of wanted) if (rows.length) await this.db.rows(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb) on conflict do nothing`, [JSON.stringify(rows)]);
      const came = FACTS.flatMap((name) => (wanted.get(name) ?? []).map((r) => String(r.id)));
      const before = await this.db.repo(HubClass).findOneBy({ classId: kit.classId });
      await this.db.repo(HubClass).save({ classId: kit.classId, url, deviceId: before?.deviceId ?? randomUUID(), fetchedAt: clock.now(), known: [...new Set([...(before?.known ?? []), ...came])] });
    });
  }

  /** The version of the tables: the last migration. */
  private async format(): Promise<string> {
    return (await this.db.row<{ name: string }>('select name from migrations order by timestamp desc limit 1')).name;
  }
}
