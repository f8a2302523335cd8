import { z } from 'zod';
import { Day, download, endpoint, Id, Line, listOf } from './endpoint.ts';
import { Programme, RubricLine } from './training.ts';

const ProgrammeParams = z.object({ programmeId: Id });
const TierParams = z.object({ tierId: Id });

/** Name and indicator period. `version` is the one that was shown. */
export const updateProgramme = endpoint({ name: 'training.updateProgramme', method: 'PUT', path: '/programmes/:programmeId', params: ProgrammeParams, body: z.object({ version: z.int(), name: Line(160), indicatorsFrom: Day.nullable(), indicatorsUntil: Day.nullable() }), response: Programme });
/** What a tier is called and for whom; what observers look at when its learners teach back (`null`: nobody has to). */
export const updateTier = endpoint({ name: 'training.updateTier', method: 'PUT', path: '/tiers/:tierId', params: TierParams, body: z.object({ name: Line(80), audience: Line(200), rubric: z.array(RubricLine).min(1).max(8).nullable() }), response: Programme });

export const TierRule = z.object({ id: Id, from: Day, until: Day.nullable(), passMark: z.number(), minAttendance: z.number(), minRubric: z.number(), reportDays: z.int() }).meta({ id: 'TierRule' });
export const listRules = endpoint({ name: 'training.listRules', method: 'GET', path: '/tiers/:tierId/rules', params: TierParams, response: listOf(TierRule) });
/** A new rule from a day on. Classes that begin earlier keep the one before; a day before the newest rule's first is refused. */
export const setRule = endpoint({
  name: 'training.setRule', method: 'POST', path: '/tiers/:tierId/rules', params: TierParams,
  body: z.object({ from: Day, passMark: z.number().min(0).max(1), minAttendance: z.number().min(0).max(1), minRubric: z.number().min(1).max(4), reportDays: z.int().min(1).max(60) }), response: listOf(TierRule),
});

export const TargetRow = z.object({ unitId: Id, unitName: z.string(), people: z.int(), from: Day }).meta({ id: 'TargetRow' });
export const listTargets = endpoint({ name: 'training.listTargets', method: 'GET', path: '/tiers/:tierId/targets', params: TierParams, response: listOf(TargetRow) });
/** What a sheet of targets would change: unit and number per row. Nothing is written. */
export const TargetsPreview = z.object({
  rows: z.array(z.object({ row: z.int(), typed: z.string(), unitId: Id.nullable(), unitName: z.string().nullable(), people: z.int().nullable(), before: z.int().nullable(), problem: z.enum(['unit-missing', 'unit-unknown', 'unit-ambiguous', 'number-missing', 'number-odd', 'duplicate-row']).nullable() })),
  changes: z.int(), unchanged: z.int(), errors: z.int(), total: z.int(),
}).meta({ id: 'TargetsPreview' });
const File = z.object({ from: Day, contentBase64: z.string().max(2_800_000) });
export const previewTargets = endpoint({ name: 'training.previewTargets', method: 'POST', path: '/tiers/:tierId/targets/preview', params: TierParams, body: File, response: TargetsPreview });
/** Takes the targets of a sheet over from a day on, all or none; the same sheet again changes nothing. */
export const applyTargets = endpoint({ name: 'training.applyTargets', method: 'POST', path: '/tiers/:tierId/targets', params: TierParams, body: File, response: TargetsPreview });
export const getTargetsTemplate = download({ name: 'training.getTargetsTemplate', method: 'GET', path: '/tiers/:tierId/targets-template', params: TierParams, produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
