import { Injectable } from '@nestjs/common';
import type { Place } from '@lantoa/shared/awarding';
import { Db } from '#platform/db';
import type { Standing } from './eligibility.rules.ts';

export interface BatchRow {
  id: string; code: string; kind: 'classes' | 'renewals'; typeId: string; title: string; classes: { id: string; code: string; title: string }[]; units: string[]; status: 'prepared' | 'approved' | 'withdrawn'; decisionNo: string; issuedOn: string; signerTitle: string; signerName: string; templateVersionId: string | null; overprint: boolean;
  preparedBy: string; preparedByName: string; approvedByName: string | null; withdrawnNote: string | null; given: number; overrides: number; leftOut: number; firstNo: string | null; lastNo: string | null;
}
export interface StandingRow extends Standing { enrolmentId: string; classId: string; personId: string; name: string; birthYear: number | null; sex: 'female' | 'male' | null; unitName: string; unitId: string; classUnitId: string; attended: number; sessions: number; score: number | null }
/** A place with what its certificate will say. */
export interface PlaceRow extends Place { enrolmentId: string | null; renewsId: string | null; classId: string | null; personId: string; birthYear: number | null; sex: 'female' | 'male' | null; unitId: string }

const NUMBER = (order: string): string => `(select e.register_no from batch_place x join register_entry e on e.id = x.entry_id where x.batch_id = b.id order by e.seq ${order} limit 1)`;
const COUNT = (verdict: string): string => `(select count(*) from batch_place x where x.batch_id = b.id and x.verdict ${verdict})::int`;
const ROW = `select b.id, b.code, b.kind, b.type_id as "typeId", t.title, b.status, b.decision_no as "decisionNo", b.issued_on as "issuedOn", b.signer_title as "signerTitle", b.signer_name as "signerName", b.template_version_id as "templateVersionId", coalesce(v.layout->>'mode' = 'overprint', false) as overprint,
    b.prepared_by as "preparedBy", (select name from person where id = b.prepared_by) as "preparedByName", (select name from person where id = b.approved_by) as "approvedByName", b.withdrawn_note as "withdrawnNote",
    (select coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'title', c.title) order by c.ends_on, c.code), '[]') from batch_class k join training_class c on c.id = k.class_id where k.batch_id = b.id) as classes, array(select distinct x.scope_unit_id from batch_place x where x.batch_id = b.id) as units,
    ${COUNT("<> 'left-out'")} as given, ${COUNT("= 'override'")} as overrides, ${COUNT("= 'left-out'")} as "leftOut", ${NUMBER('')} as "firstNo", ${NUMBER('desc')} as "lastNo"
  from batch b join certificate_type t on t.id = b.type_id left join template_version v on v.id = b.template_version_id`;
/** Does everything in a batch lie in what may be seen (`$1`)? */
const SEEN = 'not exists (select 1 from batch_place x where x.batch_id = b.id and $1::uuid[] is not null and x.scope_unit_id <> all($1::uuid[]))';

@Injectable()
export class BatchesQueries {
  constructor(private readonly db: Db) {}

  list(units: string[] | null): Promise<BatchRow[]> {
    return this.db.rows<BatchRow>(`${ROW} where ${SEEN} order by b.prepared_at desc limit 200`, [units]);
  }

  async one(id: string, units: string[] | null): Promise<BatchRow | null> {
    return (await this.db.rows<BatchRow>(`${ROW} where ${SEEN} and b.id = $2`, [units, id]))[0] ?? null;
  }

  /** Everybody of these classes, class by class in the order of the list, with what they have achieved and whether they hold its certificate already. */
  standings(classIds: readonly string[]): Promise<StandingRow[]> {
    return this.db.rows(
      `select e.id as "enrolmentId", e.class_id as "classId", e.person_id as "personId", e.name, e.birth_year as "birthYear", e.sex, e.unit_name as "unitName", e.unit_id as "unitId", c.unit_id as "classUnitId", e.outcome,
          exists (select 1 from batch_place x where x.enrolment_id = e.id and x.entry_id is not null) as "hasCertificate", exists (select 1 from batch_place x where x.enrolment_id = e.id and x.waits and x.verdict <> 'left-out') as "inBatch",
          (select count(*) from class_session s where s.class_id = e.class_id)::int as sessions,
          (select count(*) from (select distinct on (m.session_id) m.status from attendance_mark m where m.enrolment_id = e.id order by m.session_id, m.source <> 'self' desc, m.at desc, m.seq desc) a where a.status in ('present', 'late'))::int as attended,
          (select a.right_count::float8 / nullif(a.total_count, 0) from attempt a where a.sitting_id = c.post_sitting_id and a.person_id = e.person_id and a.counts) as score
        from enrolment e join training_class c on c.id = e.class_id where e.class_id = any($1::uuid[]) and e.duplicate_of_id is null order by c.ends_on, c.code, e.sort_key, e.id`, [classIds]);
  }

  /** Completed classes with people who wait for a certificate and no batch prepared. */
  ready(units: string[] | null): Promise<{ classId: string; code: string; title: string; certificateTitle: string; typeId: string; endedOn: string; eligible: number }[]> {
    return this.db.rows(
      `select c.id as "classId", c.code, c.title, t.certificate_title as "certificateTitle", t.certificate_type_id as "typeId", c.ends_on as "endedOn", count(*)::int as eligible
        from training_class c join tier t on t.id = c.tier_id join enrolment e on e.class_id = c.id and e.outcome = 'passed' and e.duplicate_of_id is null and not exists (select 1 from batch_place x where x.enrolment_id = e.id and (x.entry_id is not null or (x.waits and x.verdict <> 'left-out')))
        where c.status = 'completed' and ($1::uuid[] is null or c.unit_id = any($1)) and not exists (select 1 from batch_class k where k.class_id = c.id and k.waits) group by c.id, t.id order by c.ends_on, c.code`, [units]);
  }

  /** Everybody of a batch in its order, with what the certificate says: as in the list of the class, or as on the certificate that is renewed. */
  places(batchId: string): Promise<PlaceRow[]> {
    return this.db.rows(
      `select x.id, coalesce(e.name, w.holder_name, o.holder_name) as name, coalesce(e.unit_name, w.unit_name, o.unit_name) as "unitName", x.verdict, x.reason, n.register_no as "registerNo", x.entry_id as "entryId", x.enrolment_id as "enrolmentId", x.renews_id as "renewsId", e.class_id as "classId",
          coalesce(e.person_id, o.person_id) as "personId", coalesce(e.birth_year, w.birth_year, o.birth_year) as "birthYear", coalesce(e.sex, w.sex, o.sex) as sex, coalesce(e.unit_id, o.unit_id) as "unitId"
        from batch_place x left join enrolment e on e.id = x.enrolment_id left join register_entry o on o.id = x.renews_id left join lateral (select * from register_entry c where c.corrects = o.id order by c.seq desc limit 1) w on true left join register_entry n on n.id = x.entry_id
        where x.batch_id = $1 order by x.position`, [batchId]);
  }

  trainers(classId: string): Promise<{ name: string; body: string | null; entryId: string | null }[]> {
    return this.db.rows('select name, body, entry_id as "entryId" from class_trainer where class_id = $1 order by person_id is null, name', [classId]);
  }

  /** The next code of a year's batches; called under a lock. */
  async nextCode(year: number): Promise<string> {
    const { n } = await this.db.row<{ n: number }>("select count(*)::int + 1 as n from batch where code like $1 || '-%'", [String(year)]);
    return `${year}-${String(n).padStart(2, '0')}`;
  }
}
