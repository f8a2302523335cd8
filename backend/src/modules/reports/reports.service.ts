import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getReport, ReportTable, reportKinds } from '@lantoa/shared/reports';
import { addDays, type Day } from '@lantoa/shared/rules/days';
import { type Actor, problem } from '#platform/http';
import { CascadeService, type Roots, ScopesService, scoreOf } from '#modules/cascade';
import { UnitsService } from '#modules/organisation';
import { ProgrammesService } from '#modules/training';
import { IndicatorSetsService } from './indicator-sets.service.ts';
import { indicatorValue, withoutSmall } from './indicators.rules.ts';
import { COLUMNS, FILTERS, type Language, MEASURES, NOTES, TITLES } from './report-words.ts';
import { ReportsQueries } from './reports.queries.ts';

type Kind = (typeof reportKinds)[number];
type Rows = ReportTable['rows'];
export interface Ask { kind: Kind; programme: string; unitId?: string | undefined; from: Day; to: Day; language: Language; roots: Roots }
/** A report with what a receiving system keys it by: for each row the unit that it is about (`null`: the one asked for). */
export interface Report { table: ReportTable; unitIds: (string | null)[] }

const COLUMNS_OF: Record<Kind, readonly string[]> = {
  indicators: ['code', 'indicator', 'value', 'counts'], units: ['code', 'unit', 'target', 'enrolled', 'passed', 'reach', 'planned', 'certified', 'inForce', 'post', 'postN', 'gain', 'places', 'emptyPlaces'],
  participants: ['level', 'topic', 'days', 'position', 'people', 'women', 'men', 'unsaid', 'outcome'], classes: ['classCode', 'classTitle', 'level', 'heldAt', 'startsOn', 'endsOn', 'days', 'people', 'women', 'outcome', 'post', 'postN'], ethnicity: ['level', 'ethnicity', 'people', 'women', 'outcome'],
};

/** Reports for offices: tables of counts made by the same functions as the screens. */
@Injectable()
export class ReportsService {
  constructor(private readonly cascade: CascadeService, private readonly scopes: ScopesService, private readonly programmes: ProgrammesService, private readonly queries: ReportsQueries, private readonly sets: IndicatorSetsService, private readonly units: UnitsService) {}

  async report(actor: Actor, { params, query }: ArgsOf<typeof getReport>): Promise<Report> {
    if (params.kind === 'ethnicity' && !actor.can('person.read-sensitive')) throw problem('access.not-allowed');
    return this.of({ ...params, ...query, roots: await this.scopes.roots(actor, query.unitId, query.to) });
  }

  /** The same for whoever has settled which units it is made of. */
  async of(ask: Ask): Promise<Report> {
    if (ask.to < ask.from) throw problem('reports.period-backwards');
    const programme = await this.programmes.bySlug(ask.programme);
    const { rows, unitIds, hidden = 0, notes = [] } = await this.rows(ask, programme.id);
    const unitName = ask.unitId ? await this.units.nameOn(ask.unitId, ask.to) : FILTERS.all[ask.language];
    return {
      unitIds: unitIds ?? rows.map(() => null),
      table: {
        kind: ask.kind, title: TITLES[ask.kind][ask.language], programme: programme.name, unitName, from: ask.from, to: ask.to, rows, hidden, notes: [...notes, NOTES.noPersons[ask.language]],
        columns: COLUMNS_OF[ask.kind].map((key) => { const c = COLUMNS[key] as NonNullable<(typeof COLUMNS)[string]>; return { key, kind: c.kind, label: c.label[ask.language], definition: c.definition[ask.language] }; }),
      },
    };
  }

  private async rows(ask: Ask, programmeId: string): Promise<{ rows: Rows; unitIds?: (string | null)[]; hidden?: number; notes?: string[] }> {
    if (ask.kind === 'units') return this.unitRows(ask);
    if (ask.kind === 'indicators') return { rows: await this.indicatorRows(ask, programmeId) };
    if (ask.kind === 'classes') return { rows: (await this.queries.classes(programmeId, ask.from, ask.to, ask.roots)).map((c) => [c.code, c.title, c.level, c.heldAt, c.startsOn, c.endsOn, c.days, c.people, c.women, c.passed, scoreOf({ n: c.n, sum: c.sum, squares: 0 }).mean, c.n]) };
    if (ask.kind === 'ethnicity') return withoutSmall((await this.queries.ethnicity(programmeId, ask.from, ask.to, ask.roots)).map((r) => [r.level, r.ethnicity, r.people, r.women, r.passed]));
    return { rows: (await this.queries.participants(programmeId, ask.from, ask.to, ask.roots)).map((r) => [r.level, r.topic, r.days, r.position, r.people, r.women, r.men, r.unsaid, r.passed]) };
  }

  /** Cumulative to the last day, so that it equals the table of units on the screen. */
  private async unitRows(ask: Ask) {
    const items = await this.cascade.unitFigures(ask.programme, ask.to, { map: 'then', ...(ask.unitId && { parentId: ask.unitId }) }, ask.roots);
    const codes = await this.queries.codes(items.map((u) => u.unitId), ask.to);
    return {
      unitIds: items.map((u) => u.unitId), notes: [NOTES.cumulative[ask.language]],
      rows: items.map((u): Rows[number] => [codes.get(u.unitId) ?? null, u.name, u.target, u.enrolled, u.passed, u.reach, u.planned, u.certified, u.inForce, u.post.mean, u.post.n, u.gain.points, u.places, u.emptyPlaces]),
    };
  }

  private async indicatorRows(ask: Ask, programmeId: string): Promise<Rows> {
    const { indicators } = await this.sets.on(programmeId, ask.to);
    const [last, before] = [await this.cascade.figures(ask.programme, ask.to, ask.roots), await this.cascade.figures(ask.programme, addDays(ask.from, -1), ask.roots)];
    const held = await this.queries.held(programmeId, ask.from, ask.to, ask.roots);
    return indicators.map((i) => [i.code, i.name, indicatorValue(i, last, before, held), MEASURES[i.measure][ask.language]]);
  }
}
