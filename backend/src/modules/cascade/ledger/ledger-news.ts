import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { RETENTION } from './amounts.ts';

export interface News { kind: 'class' | 'attempt' | 'person' | 'place' | 'tier' | 'target' | 'units'; id: string | null }
const of = (news: readonly News[], ...kinds: News['kind'][]): string[] => news.flatMap((n) => (kinds.includes(n.kind) && n.id ? [n.id] : []));

/** What each piece of news concerns: the classes, people and places whose part has to be made again. */
@Injectable()
export class LedgerNews {
  constructor(private readonly db: Db) {}

  /** People whose certificates, refreshers or right to teach may be others now, under every record that was put together with theirs. */
  people(news: readonly News[]): Promise<string[]> {
    return this.ids(
      `with named as (select unnest($1::uuid[]) as id union select x.person_id from class_trainer x where x.class_id = any($2::uuid[]) and x.person_id is not null union select r.person_id from attempt a join refresher r on r.id = a.sitting_id where a.id = any($3::uuid[]))
       select id from named union select p.merged_into_id from person p join named n on n.id = p.id where p.merged_into_id is not null union select p.id from person p join named n on n.id = p.merged_into_id`,
      [of(news, 'person'), of(news, 'class'), of(news, 'attempt')]);
  }

  /** Classes whose numbers may be others now. Who is first in a tier is settled between all classes of the people concerned; a test handed in changes only its own. */
  classes(news: readonly News[]): Promise<string[]> {
    return this.ids(
      `with sat as (select a.sitting_id, a.person_id, (a.submitted_at at time zone 'Asia/Ho_Chi_Minh')::date as day from attempt a where a.id = any($1::uuid[])),
         changed as (
           select c.id, c.tier_id from training_class c where c.id = any($2::uuid[]) or c.tier_id = any($3::uuid[])
           union select c.id, c.tier_id from enrolment e join training_class c on c.id = e.class_id where e.person_id = any($4::uuid[])
           union select c.id, c.tier_id from class_trainer x join training_class c on c.id = x.class_id where x.person_id = any($4::uuid[]))
       select id from changed
       union select c2.id from changed c join enrolment e on e.class_id = c.id join enrolment e2 on e2.person_id = e.person_id join training_class c2 on c2.id = e2.class_id and c2.tier_id = c.tier_id
       union select c2.id from changed c join class_trainer x on x.class_id = c.id join class_trainer x2 on x2.person_id = x.person_id join training_class c2 on c2.id = x2.class_id and c2.tier_id = c.tier_id
       union select c.id from sat s join training_class c on c.pre_sitting_id = s.sitting_id
       union select c.id from sat s join training_class c on c.post_sitting_id = s.sitting_id
       union select f.class_id from sat s join class_refresher f on f.sitting_id = s.sitting_id
       union select c.id from sat s join enrolment e on e.person_id = s.person_id join training_class c on c.id = e.class_id and s.day between c.ends_on + ${RETENTION[0].days - RETENTION[0].give} and c.ends_on + ${RETENTION[2].days + RETENTION[2].give}`,
      [of(news, 'attempt'), of(news, 'class'), of(news, 'tier'), of(news, 'person')]);
  }

  /** Places with other postings or certificates than before; `moved`: those that lie elsewhere now. */
  places(news: readonly News[], people: readonly string[], moved: readonly string[]): Promise<string[]> {
    return this.ids(
      `with named as (select unnest($1::uuid[]) as id union select q.unit_id from posting q where q.person_id = any($2::uuid[]))
       select id from named union select h.heir_id from unit_heir h join named n on n.id = h.unit_id where h.exact`,
      [[...of(news, 'place'), ...moved], people]);
  }

  private async ids(sql: string, params: unknown[]): Promise<string[]> {
    return (await this.db.rows<{ id: string }>(sql, params)).map((r) => r.id);
  }
}
