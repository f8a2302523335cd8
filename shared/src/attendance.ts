import { z } from 'zod';
import { Day, download, Empty, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

export const AttendanceStatus = z.enum(['present', 'late', 'absent', 'excused']);
export type AttendanceStatus = z.infer<typeof AttendanceStatus>;
/** A tap on the list, a slip or certificate that the trainer scanned, or the learner's own scan of the code in the hall. */
export const MarkSource = z.enum(['tap', 'scan', 'self']);
export type MarkSource = z.infer<typeof MarkSource>;
const Part = z.enum(['morning', 'afternoon']);
const SessionParams = z.object({ sessionId: Id });

export const AttendanceRow = z.object({
  enrolmentId: Id, personId: Id, name: z.string(), birthYear: z.int().nullable(), unitName: z.string(), toMatch: z.boolean(), status: AttendanceStatus.nullable(), source: MarkSource.nullable(),
  /** Where the person's own scan says something else than the team: both are shown. */
  ownScan: z.iso.datetime().nullable(), conflict: z.boolean(),
}).meta({ id: 'AttendanceRow' });
export type AttendanceRow = z.infer<typeof AttendanceRow>;
export const ClassFile = z.object({ id: Id, sessionId: Id.nullable(), name: z.string(), type: z.string(), bytes: z.int(), addedAt: z.iso.datetime(), address: z.string() }).meta({ id: 'ClassFile' });

export const getAttendance = endpoint({
  name: 'training.getAttendance', method: 'GET', path: '/class-sessions/:sessionId', params: SessionParams,
  response: z.object({ classId: Id, date: Day, part: Part, closedAt: z.iso.datetime().nullable(), mayMark: z.boolean(), items: z.array(AttendanceRow), files: z.array(ClassFile) }),
});
/** One mark. The device makes the id, so that sending it twice is harmless, and says by its own clock when it was made. */
export const GivenMark = z.object({ id: Id.optional(), enrolmentId: Id, status: AttendanceStatus, source: z.enum(['tap', 'scan']).default('tap'), at: z.iso.datetime().optional(), reason: Paragraph(300).nullable().default(null) });
export type GivenMark = z.input<typeof GivenMark>;
/**
 * Adds marks. Those of several devices are put together by the time at which they were made, whatever the order in which they arrive; `sentAt` is the device's
 * clock now, by which a wrong one is corrected. What is marked after closing needs a reason.
 */
export const markAttendance = endpoint({
  name: 'training.markAttendance', method: 'POST', path: '/class-sessions/:sessionId/marks', params: SessionParams,
  body: z.object({ sentAt: z.iso.datetime().optional(), marks: z.array(GivenMark).min(1).max(500) }), response: Empty,
});
export const closeAttendance = endpoint({ name: 'training.closeAttendance', method: 'POST', path: '/class-sessions/:sessionId/close', params: SessionParams, body: z.object({ restAbsent: z.boolean().default(false) }), response: Empty });
/** Every mark of a half-day as it was made, by whom. */
export const listMarks = endpoint({ name: 'training.listMarks', method: 'GET', path: '/class-sessions/:sessionId/marks', params: SessionParams, response: listOf(z.object({ enrolmentId: Id, status: AttendanceStatus, source: MarkSource, at: z.iso.datetime(), by: z.string(), reason: z.string().nullable() })) });

/** The team scans what stands on a slip or a certificate; the person is marked present. `code` is the text of the QR. */
export const scanCard = endpoint({
  name: 'training.scanCard', method: 'POST', path: '/class-sessions/:sessionId/scans', params: SessionParams, body: z.object({ id: Id, code: z.string().min(8).max(400), at: z.iso.datetime().optional(), sentAt: z.iso.datetime().optional() }),
  response: z.object({ enrolmentId: Id, name: z.string(), unitName: z.string() }),
});
/** The code that changes every half minute, for the hall to scan; `changesAt` is when the next one comes. */
export const getHallCode = endpoint({ name: 'training.getHallCode', method: 'GET', path: '/class-sessions/:sessionId/hall-code', params: SessionParams, response: z.object({ link: z.string(), qrSvg: z.string(), changesAt: z.iso.datetime(), present: z.int(), of: z.int() }) });
/** A learner says "I am here" with the code of the hall, now or when there is network again. */
export const checkIn = endpoint({
  name: 'training.checkIn', method: 'POST', path: '/class-sessions/:sessionId/check-in', params: SessionParams, body: z.object({ id: Id, code: z.string().min(6).max(60), at: z.iso.datetime().optional(), sentAt: z.iso.datetime().optional() }),
  response: z.object({ title: z.string(), at: z.iso.datetime() }),
});

/** Pictures and PDFs of a class: the signed sheet, a photo of the hall. */
export const addClassFile = endpoint({ name: 'training.addClassFile', method: 'POST', path: '/classes/:classId/files', params: z.object({ classId: Id }), body: z.object({ id: Id, sessionId: Id.nullable().default(null), name: Line(120), contentBase64: z.string().max(1_400_000) }), response: ClassFile });
export const listClassFiles = endpoint({ name: 'training.listClassFiles', method: 'GET', path: '/classes/:classId/files', params: z.object({ classId: Id }), response: listOf(ClassFile) });
export const removeClassFile = endpoint({ name: 'training.removeClassFile', method: 'DELETE', path: '/class-files/:fileId', params: z.object({ fileId: Id }), response: Empty });
export const getClassFile = download({ name: 'training.getClassFile', method: 'GET', path: '/class-files/:fileId', params: z.object({ fileId: Id }), produces: 'application/octet-stream' });
