import { Injectable } from '@nestjs/common';
import { UnitChange } from '@lantoa/shared/unit-changes';
import { addDays } from '@lantoa/shared/rules/days';
import { Db } from '#platform/db';
import { type Actor, Problem } from '#platform/http';
import type { ReformFault, ReformStep, ReformUnit } from './reform-file.rules.ts';
import { UnitChangesService } from './unit-changes.service.ts';
import { UnitHeirs } from './unit-heirs.ts';

export interface ReformReport { recorded: Record<string, number>; known: number; postings: number; faults: ReformFault[] }

/** Ends a transaction that was only meant to look. */
class Looked extends Error {}

/** A reform of many units: a file of dated changes, recorded in its order, all of it or nothing. */
@Injectable()
export class UnitReformService {
  constructor(private readonly db: Db, private readonly changes: UnitChangesService, private readonly heirs: UnitHeirs) {}

  /** @param dryRun works everything out, and takes it back */
  async apply(actor: Pick<Actor, 'personId'> | null, steps: readonly ReformStep[], dryRun: boolean): Promise<ReformReport> {
    const report: ReformReport = { recorded: {}, known: 0, postings: 0, faults: [] };
    try {
      await this.db.transaction(async () => {
        for (const step of steps) await this.step(actor, step, report);
        if (report.faults.length || dryRun) throw new Looked();
        await this.heirs.derive();
      });
    } catch (e) {
      if (!(e instanceof Looked)) throw e;
    }
    return report.faults.length ? { recorded: {}, known: 0, postings: 0, faults: report.faults } : report;
  }

  private async step(actor: Pick<Actor, 'personId'> | null, step: ReformStep, report: ReformReport): Promise<void> {
    try {
      for (const change of await this.read(step)) {
        const { known, postings } = await this.changes.write(actor, change);
        if (known) report.known++;
        else report.recorded[change.kind] = (report.recorded[change.kind] ?? 0) + 1;
        report.postings += postings;
      }
    } catch (e) {
      if (e instanceof Unknown) report.faults.push({ line: step.line, reason: e.message });
      else if (e instanceof Problem && e.code === 'organisation.change-refused') report.faults.push({ line: step.line, reason: Object.entries(e.params ?? {}).filter(([k]) => k !== 'n').map(([k, v]) => (k === 'reason' ? String(v) : `${k} ${v}`)).join(', ') });
      else throw e;
    }
  }

  /** Official codes become units: those that end by the day before, those that go on by the day itself, for codes are used again. */
  private async read(step: ReformStep): Promise<UnitChange[]> {
    const head = { on: step.on, document: step.document, note: step.note };
    const from = await Promise.all(step.from.map((code) => this.unit(code, addDays(step.on, -1))));
    const [into] = step.into;
    const [first] = from;
    const unit = async (u: ReformUnit) => ({ name: u.name ?? '', kind: u.kind ?? 'commune', code: u.code, parentId: u.parent ? await this.unit(u.parent, step.on) : null });
    const code = into?.code ? { code: into.code } : {};
    const raw: unknown[] = [];
    if (step.kind === 'open' && into) raw.push({ kind: 'open', ...head, unit: await unit(into) });
    if (step.kind === 'rename') raw.push({ kind: 'rename', ...head, unitId: first, name: into?.name, ...code });
    if (step.kind === 'move') raw.push({ kind: 'move', ...head, unitId: first, parentId: into?.parent ? await this.unit(into.parent, step.on) : null, ...code });
    if (step.kind === 'merge' && into) raw.push({ kind: 'merge', ...head, unitIds: from, into: into.name ? await unit(into) : { unitId: await this.unit(into.code ?? '', step.on) } });
    if (step.kind === 'split') raw.push({ kind: 'split', ...head, unitId: first, into: await Promise.all(step.into.map(unit)), localities: step.into.flatMap((u, i) => u.localities.map((locality) => ({ locality, into: i }))), children: [] });
    if (step.kind === 'close') raw.push(...from.map((unitId) => ({ kind: 'close', ...head, unitId })));
    return raw.map((r) => {
      const read = UnitChange.safeParse(r);
      if (!read.success) throw new Unknown(read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
      return read.data;
    });
  }

  private async unit(code: string, day: string): Promise<string> {
    const [row] = await this.db.rows<{ id: string }>('select unit_id as id from unit_version where code = $1 and valid @> $2::date', [code, day]);
    if (!row) throw new Unknown(`no unit has the code ${code} on ${day}`);
    return row.id;
  }
}

class Unknown extends Error {}
