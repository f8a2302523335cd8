import type { UnitKind } from '@lantoa/shared/organisation';
import type { UnitChange } from '@lantoa/shared/unit-changes';
import { newId } from '@lantoa/shared/rules/ids';
import { todayHere } from '../../../lib/format.ts';
import type { PickedUnit } from '../../../ui/unit-picker.tsx';

export const CHANGE_KINDS = ['merge', 'split', 'rename', 'move', 'open', 'close'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
/** A unit as it will begin. */
export interface Part { key: string; name: string; code: string; kind: UnitKind; parent: PickedUnit | null; localities: string }
/** A change as it is being written. `into`: the unit of a merger that stays, or `null` for a new one. */
export interface ChangeDraft { kind: ChangeKind; on: string; document: string; note: string; units: PickedUnit[]; name: string; code: string; parent: PickedUnit | null; into: string | null; parts: Part[] }

export const newPart = (parent: PickedUnit | null = null): Part => ({ key: newId(), name: '', code: '', kind: 'commune', parent, localities: '' });
export const emptyDraft = (kind: ChangeKind): ChangeDraft => ({ kind, on: todayHere(), document: '', note: '', units: [], name: '', code: '', parent: null, into: null, parts: kind === 'split' ? [newPart(), newPart()] : [newPart()] });

const unitOf = (p: Part) => ({ name: p.name.trim(), kind: p.kind, code: p.code.trim() || null, parentId: p.parent?.id ?? null });
const isWhole = (p: Part): boolean => p.name.trim() !== '' && (p.parent !== null || p.kind === 'province');
const lines = (text: string): string[] => text.split('\n').map((x) => x.trim()).filter(Boolean);

/** The change that a draft stands for, or `null` while something is missing. */
export function changeOfDraft(d: ChangeDraft): UnitChange | null {
  const head = { on: d.on, document: d.document.trim(), note: d.note.trim() || null };
  const [unit] = d.units;
  const [part] = d.parts;
  const code = d.code.trim() ? { code: d.code.trim() } : {};
  if (!head.on || !head.document) return null;
  if (d.kind === 'open') return part && isWhole(part) ? { kind: 'open', ...head, unit: unitOf(part) } : null;
  if (!unit) return null;
  if (d.kind === 'close') return { kind: 'close', ...head, unitId: unit.id };
  if (d.kind === 'rename') return d.name.trim() ? { kind: 'rename', ...head, unitId: unit.id, name: d.name.trim(), ...code } : null;
  if (d.kind === 'move') return d.parent ? { kind: 'move', ...head, unitId: unit.id, parentId: d.parent.id, ...code } : null;
  if (d.kind === 'split') return d.parts.length > 1 && d.parts.every(isWhole) ? { kind: 'split', ...head, unitId: unit.id, into: d.parts.map(unitOf), localities: d.parts.flatMap((p, into) => lines(p.localities).map((locality) => ({ locality, into }))), children: [] } : null;
  if (d.units.length < 2) return null;
  if (d.into !== null) return { kind: 'merge', ...head, unitIds: d.units.map((u) => u.id), into: { unitId: d.into, ...(d.name.trim() && { name: d.name.trim() }), ...code } };
  return part && isWhole(part) ? { kind: 'merge', ...head, unitIds: d.units.map((u) => u.id), into: unitOf(part) } : null;
}
