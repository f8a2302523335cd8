import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { fold } from '@lantoa/shared/rules/text';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { UnitHeirs } from './changes/unit-heirs.ts';
import { Succession, SuccessionPart, Unit, UnitAlias, UnitVersion } from './unit.entity.ts';
import { planUnits, type UnitPlan, type UnitSources } from './unit-list.rules.ts';

const NAMESPACE = 'lantoa:unit:';

/** The same name gives the same id on every installation, so that a list can be loaded twice and records can be compared across servers. */
export function stableId(name: string): string {
  const h = createHash('sha256').update(NAMESPACE + name).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** Loads `content/units`: everything or, when one row is wrong, nothing. */
@Injectable()
export class UnitsImporter {
  constructor(private readonly db: Db, private readonly heirs: UnitHeirs) {}

  /** @returns how many units the folder describes; throws `Stop('bad-content')` naming file, line and reason of the first faults */
  async load(folder: string): Promise<number> {
    const result = planUnits(await readSources(folder));
    if ('faults' in result) {
      const list = result.faults.slice(0, 5).map((f) => `${f.file} line ${f.line}: ${f.reason}`).join('; ');
      throw new Stop('bad-content', `The unit lists were not loaded, because ${result.faults.length} row(s) are wrong: ${list}.`);
    }
    await this.db.transaction(async () => {
      await this.write(result.plan);
      await this.heirs.derive();
    });
    return result.plan.units.length;
  }

  private async write(plan: UnitPlan): Promise<void> {
    const insert = async (entity: new () => object, rows: object[]) => {
      if (rows.length) await this.db.repo(entity).createQueryBuilder().insert().values(rows).orIgnore().execute();
    };
    await insert(Unit, plan.units.map((u) => ({ id: stableId(u) })));
    await insert(UnitVersion, plan.versions.map((v) => ({
      id: stableId(`version:${v.unit}:${v.from}`), unitId: stableId(v.unit), name: v.name, nameFolded: fold(v.name), kind: v.kind, code: v.code,
      parentId: v.parent && stableId(v.parent), valid: { from: v.from, until: v.until },
    })));
    const idOf = (s: UnitPlan['successions'][number]) => stableId(`succession:${s.on}:${s.kind}:${s.to}`);
    await insert(Succession, plan.successions.map((s) => ({ id: idOf(s), on: s.on, kind: s.kind, document: s.document, note: s.note || null })));
    await insert(SuccessionPart, plan.successions.flatMap((s) => s.from.map((f) => ({ successionId: idOf(s), fromUnitId: stableId(f), toUnitId: stableId(s.to) }))));
    await insert(UnitAlias, plan.aliases.map((a) => ({ unitId: stableId(a.unit), name: a.name, nameFolded: fold(a.name) })));
  }
}

/** Reads the manifest and the files that it names. */
export async function readSources(folder: string): Promise<UnitSources> {
  const rowsOf = async (file: string) => {
    try {
      return parseCsv(await readFile(path.join(folder, file), 'utf8'), { columns: true, bom: true, trim: true, skip_empty_lines: true }) as Record<string, string>[];
    } catch (e) {
      throw new Stop('bad-content', `${file} cannot be read as comma-separated values: ${(e as Error).message}`);
    }
  };
  const manifest = parseYaml(await readFile(path.join(folder, 'manifest.yaml'), 'utf8')) as { lists: UnitSources['lists']; changes: UnitSources['changes']; aliases: string };
  return {
    lists: await Promise.all(manifest.lists.map(async (l) => ({ ...l, rows: await rowsOf(l.file) }))),
    changes: await Promise.all(manifest.changes.map(async (c) => ({ ...c, rows: await rowsOf(c.file) }))),
    aliases: { file: manifest.aliases, rows: await rowsOf(manifest.aliases) },
  };
}
