import { Injectable } from '@nestjs/common';
import { fold, nameSortKey } from '@lantoa/shared/rules/text';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { OwnData } from './own-data.ts';

/** What stands where a name was. Vietnamese, because lists and prints show it as a name. */
const NAMELESS = 'Người học đã xóa';

/** Statements that make a person nameless (`$1`: their records). What was counted stays countable: sex, unit, marks, attendance. Lines of the register, and the papers that they are, stay as they were issued. */
const STATEMENTS = [
  'delete from person_ethnicity where person_id = any($1)', 'delete from recovery_code where person_id = any($1)', 'delete from second_step where person_id = any($1)', 'delete from account where person_id = any($1)',
  'delete from activation_slip where person_id = any($1)', 'delete from push_device where person_id = any($1)', 'delete from reminder_choice where person_id = any($1)',
  "update session set ended_at = coalesce(ended_at, now()), label = '' where person_id = any($1)", "update reminder set text = '' where person_id = any($1)",
  "update posting set position = '', body = null, locality = null where person_id = any($1)",
  // The office's own file, as it was read, holds everybody of the class by name; it is not needed once it was applied.
  "update roster_import set reading = jsonb_set(reading, '{rows}', '[]') || '{\"ignored\": []}', decisions = '{}' where status <> 'reading' and class_id in (select class_id from enrolment where person_id = any($1))",
  'update sync_operation set input = null where person_id = any($1)',
];

/** Makes somebody nameless, for good. */
@Injectable()
export class Erasure {
  constructor(private readonly db: Db, private readonly data: OwnData, private readonly audit: Audit) {}

  /** In the caller's transaction. */
  async erase(actor: Pick<Actor, 'personId'>, personId: string): Promise<void> {
    const ids = await this.data.idsOf(personId);
    for (const sql of STATEMENTS) await this.db.rows(sql, [ids]);
    await this.db.rows("update role_grant set valid = case when lower(valid) >= $2::date then 'empty'::daterange else daterange(lower(valid), least(upper(valid), $2::date)) end where person_id = any($1) and (upper_inf(valid) or upper(valid) > $2::date)", [ids, clock.today()]);
    await this.db.rows('update class_trainer set name = $2 where person_id = any($1)', [ids, NAMELESS]);
    await this.db.rows("update enrolment set name = $2, sort_key = $3, birth_year = null, position = '' where person_id = any($1)", [ids, NAMELESS, nameSortKey(NAMELESS)]);
    await this.db.rows('update person set name = $2, sort_key = $3, name_folded = $4, birth_year = null, phone = null, erased_at = $5, version = version + 1 where id = any($1)', [ids, NAMELESS, nameSortKey(NAMELESS), fold(NAMELESS), clock.now()]);
    await this.audit.record(actor, 'privacy.erased', { type: 'person', id: personId });
  }
}
