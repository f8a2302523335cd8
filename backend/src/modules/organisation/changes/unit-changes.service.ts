import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { ChangeImpact, ChangeProblem, listToPlace, placePeople, previewUnitChange, recordUnitChange, undoUnitChange, UnitChange } from '@lantoa/shared/unit-changes';
import { holdsOn } from '@lantoa/shared/rules/days';
import { fold } from '@lantoa/shared/rules/text';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, reaches } from '#platform/http';
import { Posting } from '../posting.entity.ts';
import { type ChangeEffects, Succession, SuccessionPart, Unit, UnitVersion } from '../unit.entity.ts';
import { UnitHeirs } from './unit-heirs.ts';
import { type Plan, planChange, unitsNamed, type Version } from './unit-change.rules.ts';
import { UnitChangesQueries } from './unit-changes.queries.ts';

/** How many rows of another module stand on units that end: `sql` counts them for the units `$1` on the day `$2`. */
export interface ImpactCount { name: string; sql: string }

/** Changes of units, as events with a date and a document: looked at first, recorded whole or not at all, taken back while nothing stands on them. */
@Injectable()
export class UnitChangesService {
  private readonly counts: ImpactCount[] = [];

  constructor(private readonly db: Db, private readonly audit: Audit, private readonly queries: UnitChangesQueries, private readonly heirs: UnitHeirs) {}

  /** Lets a later module say what of its own a change would touch. */
  counting(count: ImpactCount): void {
    this.counts.push(count);
  }

  async preview(actor: Actor, { body }: ArgsOf<typeof previewUnitChange>): Promise<{ problems: ChangeProblem[]; impact: ChangeImpact }> {
    await this.mustReach(actor, body);
    return this.look(body);
  }

  /** What a change would do, and why it cannot be recorded. For those who may. */
  async look(change: UnitChange): Promise<{ problems: ChangeProblem[]; impact: ChangeImpact }> {
    const facts = await this.queries.facts(change);
    const result = planChange(change, facts, randomUUID);
    if ('problems' in result) return { problems: result.problems, impact: { closes: [], opens: [], follows: [], postings: 0, toPlace: 0, counts: {} } };
    const { plan } = result;
    const ended = plan.endings.map((e) => e.unitId);
    const nameOf = (id: string) => facts.versions.find((v) => v.unitId === id && v.valid.from < change.on)?.name ?? '';
    const postings = await this.queries.postings(ended, change.on);
    const counts: Record<string, number> = {};
    for (const c of this.counts) counts[c.name] = (await this.db.row<{ n: number }>(c.sql, [ended, change.on])).n;
    return {
      problems: [],
      impact: { closes: ended.map(nameOf), opens: plan.open.filter((v) => plan.newUnits.includes(v.unitId)).map((v) => v.name), follows: plan.follow.map(nameOf), postings: postings.length, toPlace: change.kind === 'split' ? postings.filter((p) => !placeOf(plan, p.locality)).length : 0, counts },
    };
  }

  record(actor: Actor, { body }: ArgsOf<typeof recordUnitChange>): Promise<{ id: string; toPlace: number }> {
    return this.db.transaction(async () => {
      await this.mustReach(actor, body);
      const { id, toPlace } = await this.write(actor, body);
      await this.heirs.derive();
      return { id, toPlace };
    });
  }

  async list(actor: Actor) {
    const reach = await actor.reach('unit.change');
    return { items: await this.queries.recorded(reach === 'everywhere' ? null : [...reach]) };
  }

  undo(actor: Actor, { params }: ArgsOf<typeof undoUnitChange>): Promise<Record<string, never>> {
    return this.db.transaction(async () => {
      await this.db.lock('units');
      const { change, effects } = await this.own(actor, params.changeId);
      if (change.undoneAt) throw problem('organisation.change-undone');
      await this.mustBeFree(change, effects);
      await this.db.repo(SuccessionPart).delete({ successionId: change.id });
      for (const p of effects.postings) {
        if (p.openedId) await this.db.repo(Posting).delete({ id: p.openedId });
        await this.db.rows('update posting set valid = daterange($2::date, $3::date) where id = $1', [p.closedId, p.from, p.until]);
      }
      if (effects.versions.length) await this.db.rows('delete from unit_version where id = any($1::uuid[])', [effects.versions]);
      for (const v of effects.closed) await this.db.rows('update unit_version set valid = daterange(lower(valid), $2::date) where id = $1', [v.id, v.until]);
      await this.db.repo(Succession).update({ id: change.id }, { undoneAt: clock.now() });
      await this.heirs.derive();
      if (effects.units.length) await this.db.rows('delete from unit where id = any($1::uuid[])', [effects.units]);
      await this.audit.record(actor, 'unit.change-undone', { type: 'succession', id: change.id });
      return {};
    });
  }

  async toPlace(actor: Actor, { params }: ArgsOf<typeof listToPlace>) {
    const { change, effects } = await this.own(actor, params.changeId);
    const into = [...new Set(effects.parts.map((p) => p.to))].map((id) => ({ id, name: effects.after[id] ?? '' })).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    return { on: change.on, from: effects.before[effects.parts[0]?.from ?? ''] ?? '', into, items: change.undoneAt ? [] : await this.queries.toPlace(change.id) };
  }

  /** Says to which of the new units people of a split unit belong. Their posting goes on there from the day of the split. */
  place(actor: Actor, { params, body }: ArgsOf<typeof placePeople>): Promise<{ placed: number; left: number }> {
    return this.db.transaction(async () => {
      await this.db.lock('units');
      const { change, effects } = await this.own(actor, params.changeId);
      const waiting = new Set((await this.queries.toPlace(change.id)).map((p) => p.postingId));
      const into = new Set(effects.parts.map((p) => p.to));
      let placed = 0;
      for (const p of body.postings) {
        if (!into.has(p.unitId)) throw problem('organisation.unit-not-found');
        if (!waiting.delete(p.postingId)) continue;
        effects.postings.push(await this.carry(p.postingId, p.unitId, change.on));
        placed++;
      }
      await this.db.repo(Succession).update({ id: change.id }, { effects: effects as never });
      await this.audit.record(actor, 'unit.people-placed', { type: 'succession', id: change.id }, { placed });
      return { placed, left: waiting.size };
    });
  }

  /** One change, in the caller's transaction, which also derives the heirs anew. `postings`: how many are held in units that end. */
  async write(actor: Pick<Actor, 'personId'> | null, change: UnitChange): Promise<{ id: string; toPlace: number; postings: number; known: boolean }> {
    await this.db.lock('units');
    const from = change.kind === 'merge' ? change.unitIds : change.kind === 'open' ? [] : [change.unitId];
    const known = await this.queries.same(change, from, change.kind === 'open' ? { name: change.unit.name.normalize('NFC'), parentId: change.unit.parentId } : null);
    if (known) return { id: known, toPlace: 0, postings: 0, known: true };
    const facts = await this.queries.facts(change);
    const result = planChange(change, facts, randomUUID);
    if ('problems' in result) throw problem('organisation.change-refused', { reason: result.problems[0]?.code ?? '', n: result.problems.length, ...result.problems[0]?.params });
    const postings = (await this.queries.postings(result.plan.endings.map((e) => e.unitId), change.on)).length;
    const id = await this.apply(actor, change, result.plan, facts.versions);
    return { id, postings, toPlace: change.kind === 'split' ? (await this.queries.toPlace(id)).length : 0, known: false };
  }

  private async apply(actor: Pick<Actor, 'personId'> | null, change: UnitChange, plan: Plan, known: readonly Version[]): Promise<string> {
    const id = randomUUID();
    const held = known.filter((v) => holdsOn(v.valid, change.on));
    const namesOf = (versions: readonly Version[]) => Object.fromEntries(versions.map((v) => [v.unitId, v.name]));
    const effects: ChangeEffects = { parts: change.kind === 'open' ? plan.newUnits.map((u) => ({ from: u, to: u })) : plan.parts, before: namesOf([...plan.open, ...held]), after: namesOf([...held, ...plan.open]), units: plan.newUnits, versions: plan.open.map((v) => v.id), closed: [], postings: [] };
    effects.closed = await this.db.rows<{ id: string; until: string | null }>(
      `with old as (select id, upper(valid) as until from unit_version where id = any($1::uuid[]) for update)
       update unit_version v set valid = daterange(lower(v.valid), c.until) from unnest($1::uuid[], $2::date[]) as c(id, until) join old on old.id = c.id where v.id = c.id returning v.id, old.until`, [plan.close.map((c) => c.versionId), plan.close.map((c) => c.until)]);
    if (plan.newUnits.length) await this.db.repo(Unit).insert(plan.newUnits.map((u) => ({ id: u })));
    if (plan.open.length) await this.db.repo(UnitVersion).insert(plan.open.map((v) => ({ ...v, nameFolded: fold(v.name) })));
    await this.db.repo(Succession).insert({ id, on: change.on, kind: change.kind, document: change.document, note: change.note, recordedAt: clock.now(), recordedById: actor?.personId ?? null, effects: effects as never, undoneAt: null });
    await this.db.repo(SuccessionPart).insert(effects.parts.map((p) => ({ successionId: id, fromUnitId: p.from, toUnitId: p.to })));
    if (change.kind === 'split') for (const p of await this.queries.postings([change.unitId], change.on)) {
      const to = placeOf(plan, p.locality);
      if (to) effects.postings.push(await this.carry(p.id, to, change.on));
    }
    if (effects.postings.length) await this.db.repo(Succession).update({ id }, { effects: effects as never });
    await this.audit.record(actor, `unit.${change.kind}`, { type: 'succession', id }, { on: change.on, document: change.document });
    return id;
  }

  /** Ends a posting on a day and goes on with it in another unit, unless that is held already. */
  private async carry(postingId: string, unitId: string, on: string): Promise<ChangeEffects['postings'][number]> {
    const openedId = randomUUID();
    const old = await this.db.row<{ from: string; until: string | null }>('select lower(valid) as "from", upper(valid) as until from posting where id = $1 for update', [postingId]);
    const opened = await this.db.rows(
      `insert into posting (id, person_id, unit_id, position, body, locality, valid) select $1, p.person_id, $2, p.position, p.body, p.locality, daterange($3::date, upper(p.valid)) from posting p where p.id = $4
          and not exists (select 1 from posting q where q.person_id = p.person_id and q.unit_id = $2 and q.position = p.position and q.valid && daterange($3::date, upper(p.valid))) returning id`, [openedId, unitId, on, postingId]);
    // A posting that began on the very day has never been held in the old unit.
    await this.db.rows("update posting set valid = case when lower(valid) >= $2::date then 'empty'::daterange else daterange(lower(valid), $2::date) end where id = $1", [postingId, on]);
    return { closedId: postingId, ...old, openedId: opened.length ? openedId : null };
  }

  private async mustBeFree(change: Succession, effects: ChangeEffects): Promise<void> {
    const touched = [...new Set(effects.parts.flatMap((p) => [p.from, p.to]))];
    const [later] = await this.db.rows<{ on: string }>(
      `select s."on" from succession s join succession_part q on q.succession_id = s.id where s.id <> $1 and (q.from_unit_id = any($2::uuid[]) or q.to_unit_id = any($2::uuid[])) and (s."on", coalesce(s.recorded_at, '-infinity')) > ($3::date, $4::timestamptz) limit 1`, [change.id, touched, change.on, change.recordedAt]);
    if (later) throw problem('organisation.change-undo-refused', { by: 'succession', day: later.on });
    const [table] = await this.queries.dependents(effects.units, { versions: effects.versions, postings: effects.postings.flatMap((p) => p.openedId ?? []), changeId: change.id });
    if (table) throw problem('organisation.change-undo-refused', { by: table, day: change.on });
  }

  private async own(actor: Actor, changeId: string): Promise<{ change: Succession; effects: ChangeEffects }> {
    const change = orProblem(await this.db.repo(Succession).findOneBy({ id: changeId }), 'organisation.change-not-found');
    const effects = orProblem(change.effects, 'organisation.change-not-found');
    const reach = await actor.reach('unit.change');
    if (!effects.parts.some((p) => reaches(reach, p.from) || reaches(reach, p.to))) throw problem('organisation.change-not-found');
    return { change, effects };
  }

  /** Whoever changes units must reach all of them; what lies outside does not exist. */
  private async mustReach(actor: Actor, change: UnitChange): Promise<void> {
    const reach = await actor.reach('unit.change');
    const named = unitsNamed(change);
    if (reach !== 'everywhere' && (!named.length || named.some((id) => !reaches(reach, id)))) throw problem('organisation.unit-not-found');
  }
}

const placeOf = (plan: Plan, locality: string | null): string | undefined => (locality === null ? undefined : plan.places.find((p) => fold(p.locality) === fold(locality))?.unitId);
