import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import type { Standing } from './eligibility.rules.ts';

export interface BatchRow { id: string; classId: string; classCode: string; classTitle: string; unitId: string; status: 'prepared' | 'approved'; decisionNo: string; issuedOn: string; signerTitle: string; signerName: string; preparedBy: string; preparedByName: string; approvedByName: string | null; firstNo: string | null; lastNo: string | null }

const ROW = `select b.id, b.class_id as "classId", c.code as "classCode", c.title as "classTitle", c.unit_id as "unitId", b.status, b.decision_no as "decisionNo", b.issued_on as "issuedOn", b.signer_title as "signerTitle", b.signer_name as "signerName", b.prepared_by as "preparedBy",
    (select name from person where id = b.prepared_by) as "preparedByName", (select name from person where id = b.approved_by) as "approvedByName",
    (select e.register_no from batch_entry x join register_entry e on e.id = x.entry_id where x.batch_id = b.id order by e.seq limit 1) as "firstNo",
    (select e.register_no from batch_entry x join register_entry e on e.id = x.entry_id where x.batch_id = b.id order by e.seq desc limit 1) as "lastNo"
  from batch b join training_class c on c.id = b.class_id`;

@Injectable()
export class BatchesQueries {
  constructor(private readonly db: Db) {}

  list(units: string[] | null): Promise<BatchRow[]> {
    return this.db.rows<BatchRow>(`${ROW} where $1::uuid[] is null or c.unit_id = any($1) order by b.prepared_at desc limit 200`, [units]);
  }

  async one(id: string): Promise<BatchRow | undefined> {
    return (await this.db.rows<BatchRow>(`${ROW} where b.id = $1`, [id]))[0];
  }

  /** Everybody of a class, in the order of the list, with what they have achieved and whether they hold its certificate already. */
  standings(classId: string): Promise<(Standing & { unitId: string })[]> {
    return this.db.rows(
      `select e.id as "enrolmentId", e.person_id as "personId", e.name, e.unit_name as "unitName", e.unit_id as "unitId", e.outcome, exists (select 1 from batch_entry x where x.enrolment_id = e.id) as "hasCertificate"
        from enrolment e where e.class_id = $1 and e.duplicate_of_id is null order by e.sort_key, e.id`, [classId]);
  }

  /** Completed classes with people who wait for a certificate and no batch prepared. */
  ready(units: string[] | null): Promise<{ classId: string; code: string; title: string; eligible: number }[]> {
    return this.db.rows(
      `select c.id as "classId", c.code, c.title, count(*)::int as eligible from training_class c join enrolment e on e.class_id = c.id and e.outcome = 'passed' and not exists (select 1 from batch_entry x where x.enrolment_id = e.id)
        where c.status = 'completed' and ($1::uuid[] is null or c.unit_id = any($1)) and not exists (select 1 from batch b where b.class_id = c.id and b.status = 'prepared') group by c.id order by c.ends_on`, [units]);
  }

  async entryIds(batchId: string): Promise<string[]> {
    return (await this.db.rows<{ id: string }>('select entry_id as id from batch_entry where batch_id = $1', [batchId])).map((r) => r.id);
  }

  trainers(classId: string): Promise<{ name: string; body: string | null; entryId: string | null }[]> {
    return this.db.rows('select name, body, entry_id as "entryId" from class_trainer where class_id = $1 order by person_id is null, name', [classId]);
  }

  async endorses(typeId: string): Promise<boolean> {
    return (await this.db.rows('select 1 from certificate_type where id = $1 and endorses_teaching', [typeId])).length > 0;
  }
}
