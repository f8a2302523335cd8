import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readPhone } from '@lantoa/shared/rules/phone';
import { fold, nameSortKey, tidy } from '@lantoa/shared/rules/text';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { type Moved, Person, PersonApart, PersonMerge } from './person.entity.ts';

/** Days in which a merger can be undone. */
export const UNDO_DAYS = 30;
export interface Kept { name: string; birthYear: number | null; sex: 'female' | 'male' | null; phone: string | null }

/**
 * A table whose rows follow their person. `key` is the column that, with the person, names a row. `clash` is SQL that says of a row `x` of the merged person that
 * the kept one (`$1`) has its like: such a row stays where it is.
 */
export interface Follower {
  table: string; key: string; clash: string;
  /** What is done with rows that stay: a column of theirs that names the like row of the kept person (SQL for `x`), emptied again when the merger is undone. */
  fold?: { column: string; to: string };
}

/**
 * Two records of one person put together. Rows of later modules follow because those modules have said so; what may never change (the register, marks) keeps the
 * old record's id, and reads go by identity. Everything that is moved is noted, so that it can be moved back.
 */
@Injectable()
export class MergesService {
  private readonly followers: Follower[] = [];
  private readonly db: Db;
  private readonly audit: Audit;

  constructor(db: Db, audit: Audit) {
    this.db = db;
    this.audit = audit;
  }

  /** Says, once at the start, that rows of a table follow their person. */
  follows(follower: Follower): void {
    this.followers.push(follower);
  }

  /** The caller has checked that the actor may change both. @returns the merger's id */
  merge(actor: Actor, keptId: string, mergedId: string, keep: Kept): Promise<string> {
    return this.db.transaction(async () => {
      const [first, second] = [keptId, mergedId].sort() as [string, string];
      for (const id of [first, second]) await this.db.lock(`person:${id}`);
      const [kept, merged] = [await this.open(keptId), await this.open(mergedId)];
      if (kept.id === merged.id) throw problem('people.merge-refused');
      const moved: Moved[] = [];
      for (const f of this.followers) {
        const rows = await this.db.rows<{ id: string }>(`update ${f.table} set person_id = $1 where person_id = $2 and ${f.key} in (select x.${f.key} from ${f.table} x where x.person_id = $2 and not (${f.clash})) returning ${f.key} as id`, [kept.id, merged.id]);
        if (rows.length) moved.push({ table: f.table, column: f.key, ids: rows.map((r) => r.id) });
        if (!f.fold) continue;
        const folded = await this.db.rows<{ id: string }>(`update ${f.table} x set ${f.fold.column} = (${f.fold.to}) where x.person_id = $2 and ${f.clash} returning x.${f.key} as id`, [kept.id, merged.id]);
        if (folded.length) moved.push({ table: f.table, column: f.fold.column, ids: folded.map((r) => r.id) });
      }
      const id = randomUUID();
      await this.db.repo(PersonMerge).insert({ id, keptId: kept.id, mergedId: merged.id, at: clock.now(), byPersonId: actor.personId, before: { name: kept.name, birthYear: kept.birthYear, sex: kept.sex, phone: kept.phone } as never, moved: moved as never, undoneAt: null });
      await this.db.repo(Person).update({ id: merged.id }, { mergedIntoId: kept.id });
      // Records that went into the merged one earlier go on with it.
      await this.db.rows('update person set merged_into_id = $1 where merged_into_id = $2', [kept.id, merged.id]);
      await this.rename(kept.id, keep);
      await this.audit.record(actor, 'person.merged', { type: 'person', id: kept.id }, { mergedId: merged.id, mergeId: id });
      return id;
    });
  }

  /** Takes a merger back: what was moved returns, what has come since stays with the kept record. */
  undo(actor: Actor, mergeId: string): Promise<void> {
    return this.db.transaction(async () => {
      const merge = await this.find(mergeId);
      if (merge.undoneAt) throw problem('people.merge-refused');
      if (clock.now().getTime() - merge.at.getTime() > UNDO_DAYS * 86_400_000) throw problem('people.merge-late', { days: UNDO_DAYS });
      for (const m of [...merge.moved].reverse()) {
        const folded = this.followers.find((f) => f.table === m.table && f.fold?.column === m.column);
        if (folded?.fold) await this.db.rows(`update ${folded.table} set ${folded.fold.column} = null where ${folded.key} = any($1::uuid[])`, [m.ids]);
        const known = this.followers.find((f) => f.table === m.table && f.key === m.column);
        if (known) await this.db.rows(`update ${known.table} set person_id = $1 where person_id = $2 and ${known.key} = any($3::uuid[])`, [merge.mergedId, merge.keptId, m.ids]);
      }
      await this.db.repo(Person).update({ id: merge.mergedId }, { mergedIntoId: null });
      await this.rename(merge.keptId, merge.before as Kept);
      await this.db.repo(PersonMerge).update({ id: merge.id }, { undoneAt: clock.now() });
      await this.audit.record(actor, 'person.merge-undone', { type: 'person', id: merge.keptId }, { mergeId });
    });
  }

  async find(mergeId: string): Promise<PersonMerge> {
    return orProblem(await this.db.repo(PersonMerge).findOneBy({ id: mergeId }), 'people.not-found');
  }

  /** The records that went into one, newest first. */
  async of(keptId: string) {
    const rows = await this.db.rows<{ id: string; name: string; code: string; at: Date; undoneAt: Date | null }>('select m.id, p.name, p.code, m.at, m.undone_at as "undoneAt" from person_merge m join person p on p.id = m.merged_id where m.kept_id = $1 order by m.at desc', [keptId]);
    return { items: rows.map((r) => ({ id: r.id, name: r.name, code: r.code, at: r.at.toISOString(), undoUntil: new Date(r.at.getTime() + UNDO_DAYS * 86_400_000).toISOString(), undone: r.undoneAt !== null })) };
  }

  /** They are two people. */
  async keepApart(actor: Actor, oneId: string, otherId: string): Promise<void> {
    const [a, b] = [oneId, otherId].sort() as [string, string];
    await this.db.repo(PersonApart).upsert({ oneId: a, otherId: b, byPersonId: actor.personId, at: clock.now() }, ['oneId', 'otherId']);
  }

  private async open(id: string): Promise<Person> {
    const person = orProblem(await this.db.repo(Person).findOneBy({ id }), 'people.not-found');
    if (person.mergedIntoId) throw problem('people.merge-refused');
    return person;
  }

  private async rename(id: string, keep: Kept): Promise<void> {
    const name = tidy(keep.name);
    const read = keep.phone ? readPhone(keep.phone) : null;
    await this.db.repo(Person).update({ id }, { name, nameFolded: fold(name), sortKey: nameSortKey(name), birthYear: keep.birthYear, sex: keep.sex, phone: read && 'phone' in read ? read.phone : null });
    await this.db.repo(Person).increment({ id }, 'version', 1);
  }
}
