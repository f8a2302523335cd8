import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { ClassNode, getLineage, getLineageClass, getTrainers, Lineage, Trainers } from '@lantoa/shared/lineage';
import * as clock from '#platform/clock';
import { type Actor, problem, reaches } from '#platform/http';
import { DirectoryService } from '#modules/organisation';
import { ClassesService, ProgrammesService } from '#modules/training';
import { points, scoreOf, SHOWN_FROM } from '../measures.rules.ts';
import { type Roots, ScopesService } from '../scopes.service.ts';
import { together } from '../statistics.rules.ts';
import { LineageQueries, type NodeRow } from './lineage.queries.ts';
import { alarmOf, commonOf, funnelOf, judged, yieldSince } from './trainers.rules.ts';

/** So many trainers are listed; those with most learners, and of the others those to call, come first. */
const LISTED = 500;

const nodeOf = ({ sums, trainers: _, ...c }: NodeRow): ClassNode => ({ ...c, post: scoreOf(together(sums.map(([n, sum, squares]) => ({ n, sum, squares })))) });

/** Who trained whom, how far it went on, and who should be called. */
@Injectable()
export class LineageService {
  constructor(private readonly queries: LineageQueries, private readonly scopes: ScopesService, private readonly programmes: ProgrammesService, private readonly directory: DirectoryService, private readonly classes: ClassesService) {}

  async lineage(actor: Actor, { params }: ArgsOf<typeof getLineage>): Promise<Lineage> {
    const { person } = await this.directory.get(actor, { params });
    return { name: person.name, ...(await this.around(person.id, clock.today())) };
  }

  /** Around whoever asks. */
  async own(actor: Actor): Promise<Lineage> {
    return { name: await this.queries.nameOf(actor.personId), ...(await this.around(actor.personId, clock.today())) };
  }

  /** The same for the command line, without the name. */
  async around(personId: string, day: string): Promise<Omit<Lineage, 'name'>> {
    const learned = await this.queries.learnedIn([personId], day);
    const teachers = [...new Set(learned.flatMap((c) => c.trainers.flatMap((x) => x.personId ?? [])))];
    const above = await this.queries.learnedIn(teachers, day);
    const taught = await this.queries.taught(personId, day);
    const reached = await this.queries.reached(personId, day);
    const right = await this.queries.rightToTeach(personId, day);
    const descendants = reached.reduce((sum, r) => sum + r.people, 0);
    return {
      learnedIn: learned.map(({ personId: _, ...c }) => ({
        ...nodeOf(c), current: c.classId === right.classId,
        trainers: c.trainers.map((x) => ({ ...x, learnedIn: above.filter((a) => a.personId === x.personId && a.endedOn < c.endedOn).map((a) => ({ classId: a.classId, code: a.code, title: a.title, endedOn: a.endedOn, trainers: a.trainers.map((y) => y.name) })) })),
      })),
      taught: taught.map((c) => ({ ...nodeOf(c), trainers: c.trainers })), reached, descendants,
      since: right.certifiedOn === null ? null : yieldSince(right.certifiedOn, day, descendants), alarm: alarmOf({ ...right, lastTaughtOn: taught[0]?.endedOn ?? null }, day),
    };
  }

  async people(actor: Actor, { params }: ArgsOf<typeof getLineageClass>) {
    const { cls } = await this.classes.see(actor, params.classId);
    if (!reaches(await actor.reach('cascade.read'), cls.unitId)) throw problem('training.class-not-found');
    const people = await this.queries.people(cls.id, clock.today());
    const items = [];
    for (const p of people) items.push({ ...p, descendants: p.taught ? (await this.queries.reached(p.personId, clock.today())).reduce((sum, r) => sum + r.people, 0) : 0 });
    return { items };
  }

  async trainers(actor: Actor, { query }: ArgsOf<typeof getTrainers>): Promise<Trainers> {
    const asOf = query.asOf ?? clock.today();
    return this.trainersOf(query.programme, asOf, await this.scopes.roots(actor, query.unitId, asOf));
  }

  /** The same for whoever has settled which units it is about. */
  async trainersOf(slug: string, asOf: string, roots: Roots = null): Promise<Trainers> {
    const programme = await this.programmes.bySlug(slug);
    const rows = await this.queries.trainers(programme.id, asOf, roots);
    const gains = rows.map((r) => ({ n: r.n, sum: r.beyond, squares: r.beyondSquares }));
    const common = commonOf(gains);
    const items = rows.map(({ n, sum, usual, beyond, beyondSquares, certifiedOn, ...r }) => ({ ...r, alarm: alarmOf({ ...r, certifiedOn }, asOf), gain: n >= SHOWN_FROM ? points(sum / n) : null, pairs: n, ...judged(common, { n, sum: beyond, squares: beyondSquares }, usual) }));
    const alarms = { 'never-taught': 0, 'no-class': 0, expired: 0 };
    for (const t of items) if (t.alarm) alarms[t.alarm]++;
    return { asOf, total: items.length, items: [...items.filter((t) => t.classes > 0), ...items.filter((t) => !t.classes)].slice(0, LISTED), funnel: funnelOf(common, gains), alarms };
  }
}
