import { z } from 'zod';
import { Day, download, endpoint, Id } from './endpoint.ts';

export const reportKinds = ['indicators', 'units', 'participants', 'classes', 'ethnicity'] as const;
export const reportFormats = ['xlsx', 'csv', 'dhis2'] as const;
const Language = z.enum(['vi', 'en']).default('vi');
const Kind = z.object({ kind: z.enum(reportKinds) });
const Period = z.object({ programme: z.string().max(80), unitId: Id.optional(), from: Day, to: Day, language: Language });

/** One number or word of a report. `null`: there is none, or it is hidden. */
const Cell = z.union([z.string(), z.number(), z.null()]);
export const ReportColumn = z.object({ key: z.string(), label: z.string(), kind: z.enum(['text', 'int', 'points', 'share', 'day']), definition: z.string() }).meta({ id: 'ReportColumn' });
/** A report as a table. No row is about a single person. */
export const ReportTable = z.object({
  kind: z.enum(reportKinds), title: z.string(), programme: z.string(), unitName: z.string(), from: Day, to: Day, columns: z.array(ReportColumn), rows: z.array(z.array(Cell)),
  /** Numbers below 5 that are not shown. */
  hidden: z.int(), notes: z.array(z.string()),
}).meta({ id: 'ReportTable' });
export type ReportTable = z.infer<typeof ReportTable>;

export const getReport = endpoint({ name: 'reports.getReport', method: 'GET', path: '/reports/:kind', params: Kind, query: Period, response: ReportTable });

/** The same table as a file: a workbook with definitions and filters, open data, or DHIS2 data values keyed by official codes. */
export const downloadReport = download({ name: 'reports.downloadReport', method: 'GET', path: '/reports/:kind/file', params: Kind, query: Period.extend({ format: z.enum(reportFormats) }), produces: 'application/octet-stream' });

/** What an indicator can count, in the period or on its last day. */
export const indicatorMeasures = ['enrolled', 'women', 'passed', 'classes', 'class-days', 'trainers', 'certified', 'in-force', 'reach', 'post', 'gain', 'covered-places', 'empty-places', 'reports-late'] as const;
export const Indicator = z.object({
  /** As the receiving system knows it: the code of a DHIS2 data element, say. */
  code: z.string().trim().regex(/^[A-Za-z0-9_.-]{1,50}$/), name: z.string().trim().min(1).max(160), measure: z.enum(indicatorMeasures),
  /** Tier by its place from 1; `null` for all together. */
  tier: z.int().min(1).max(9).nullable(),
}).meta({ id: 'Indicator' });
export type Indicator = z.infer<typeof Indicator>;
export const IndicatorSet = z.object({ id: Id.nullable(), name: z.string(), from: Day, until: Day.nullable(), indicators: z.array(Indicator), madeAt: z.iso.datetime().nullable(), madeBy: z.string().nullable() }).meta({ id: 'IndicatorSet' });
export type IndicatorSet = z.infer<typeof IndicatorSet>;

/** All versions, the newest first. Where none was made, the one that comes with the program. */
export const listIndicatorSets = endpoint({ name: 'reports.listIndicatorSets', method: 'GET', path: '/programmes/:programmeId/indicator-sets', params: z.object({ programmeId: Id }), response: z.object({ items: z.array(IndicatorSet) }) });

/** A new version that holds from a day; the one before ends there. What was reported by it stays as it was. */
export const saveIndicatorSet = endpoint({ name: 'reports.saveIndicatorSet', method: 'POST', path: '/programmes/:programmeId/indicator-sets', params: z.object({ programmeId: Id }), body: z.object({ name: z.string().trim().min(1).max(120), from: Day, indicators: z.array(Indicator).min(1).max(60) }), response: IndicatorSet });
