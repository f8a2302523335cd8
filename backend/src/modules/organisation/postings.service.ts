import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Posting as PostingView } from '@lantoa/shared/organisation';
import { In } from 'typeorm';
import { Db } from '#platform/db';
import { Posting } from './posting.entity.ts';

export interface NewPosting { personId: string; unitId: string; position: string; body: string | null; locality: string | null; from: string }

/** Who holds which position where, and when. */
@Injectable()
export class PostingsService {
  constructor(private readonly db: Db) {}

  /** Opens a posting unless the person already holds it on that day. Returns its id, or `null` when nothing was opened. */
  async open(given: NewPosting): Promise<string | null> {
    const held = await this.db.rows('select 1 from posting where person_id = $1 and unit_id = $2 and position = $3 and valid && daterange($4::date, null)', [given.personId, given.unitId, given.position, given.from]);
    if (held.length) return null;
    const { from, ...rest } = given;
    const id = randomUUID();
    await this.db.repo(Posting).insert({ id, ...rest, valid: { from, until: null } });
    return id;
  }

  async remove(ids: string[]): Promise<void> {
    if (ids.length) await this.db.repo(Posting).delete({ id: In(ids) });
  }

  of(personId: string): Promise<PostingView[]> {
    return this.db.rows<PostingView>(
      `select p.id, p.unit_id as "unitId", p.position, p.body, p.locality, lower(p.valid) as "from", upper(p.valid) as until,
          (select v.name from unit_version v where v.unit_id = p.unit_id order by v.valid @> lower(p.valid) desc, v.valid desc limit 1) as "unitName"
        from posting p where p.person_id = $1 order by p.valid desc`, [personId]);
  }

  /** The posting of each person that counts on a day: the one held then, the newest first; otherwise the last one before. */
  async current(personIds: string[], day: string): Promise<Map<string, { unitId: string; unitName: string; position: string }>> {
    const rows = await this.db.rows<{ personId: string; unitId: string; unitName: string; position: string }>(
      `select distinct on (p.person_id) p.person_id as "personId", p.unit_id as "unitId", p.position,
          (select v.name from unit_version v where v.unit_id = p.unit_id order by v.valid @> $2::date desc, v.valid desc limit 1) as "unitName"
        from posting p where p.person_id = any($1::uuid[]) order by p.person_id, p.valid @> $2::date desc, p.valid desc`, [personIds, day]);
    return new Map(rows.map(({ personId, ...r }) => [personId, r]));
  }
}
