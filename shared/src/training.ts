import { z } from 'zod';
import { Day, download, Empty, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';
import { Sex } from './people.ts';

const ClassParams = z.object({ classId: Id });

export const RubricLine = z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), text: Line(160) });
export const Tier = z.object({ id: Id, position: z.int(), name: z.string(), audience: z.string(), courseSlug: z.string(), certificateTitle: z.string(), passMark: z.number(), minAttendance: z.number(), minRubric: z.number(), rubric: z.array(RubricLine).nullable(), target: z.int(), openTeaching: z.boolean() }).meta({ id: 'Tier' });
export const Programme = z.object({ id: Id, slug: z.string(), name: z.string(), unitId: Id, startsOn: Day, indicatorsFrom: Day.nullable(), indicatorsUntil: Day.nullable(), version: z.int(), tiers: z.array(Tier) }).meta({ id: 'Programme' });
export type Programme = z.infer<typeof Programme>;
export const listProgrammes = endpoint({ name: 'training.listProgrammes', method: 'GET', path: '/programmes', response: listOf(Programme) });

/** What a class is: the stored status, or, of an approved one, what the day makes of it. */
export const ClassPhase = z.enum(['draft', 'submitted', 'returned', 'approved', 'running', 'report-due', 'report-submitted', 'report-returned', 'completed', 'cancelled']);
export type ClassPhase = z.infer<typeof ClassPhase>;
export const ClassAct = z.enum(['submit', 'approve', 'return', 'cancel', 'approve-report', 'return-report']);
export type ClassAct = z.infer<typeof ClassAct>;

export const Part = z.enum(['morning', 'afternoon']);
const Hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const SessionPlan = z.object({ date: Day, part: Part, startsAt: Hour, endsAt: Hour });

export const ClassRow = z.object({
  id: Id, code: z.string(), title: z.string(), phase: ClassPhase, tierName: z.string(), unitName: z.string(), startsOn: Day, endsOn: Day, enrolled: z.int(), expected: z.int(), reportDueOn: Day, decideBy: Day.nullable(), overdue: z.enum(['report', 'decision']).nullable(), note: z.string().nullable(),
  next: z.enum(['submit', 'wait', 'roster', 'attend', 'report', 'approve', 'approve-report', 'none']),
}).meta({ id: 'ClassRow' });
export type ClassRow = z.infer<typeof ClassRow>;

/** The classes that the asker runs or oversees. */
export const listClasses = endpoint({ name: 'training.listClasses', method: 'GET', path: '/classes', response: z.object({ items: z.array(ClassRow), mayOpen: z.array(z.object({ programmeId: Id, tierId: Id, tierName: z.string(), allowed: z.boolean() })) }) });

const TrainerInput = z.union([z.strictObject({ personId: Id }), z.strictObject({ guestName: Line(120), body: Line(160) })]);
export const Invitation = z.object({ unitId: Id, locality: Line(120).nullable().default(null), people: z.int().min(1).max(500) });
export const openClass = endpoint({
  name: 'training.openClass', method: 'POST', path: '/classes',
  body: z.object({ tierId: Id, unitId: Id, title: Line(160), place: Line(200), expected: z.int().min(1).max(500), sessions: z.array(SessionPlan).min(1).max(20), trainers: z.array(TrainerInput).min(1).max(8), invitations: z.array(Invitation).max(300).default([]) }),
  response: z.object({ id: Id }),
});

export const TestState = z.object({ state: z.enum(['not-open', 'open', 'closed']), seats: z.int(), started: z.int(), submitted: z.int() });
export const ClassDetail = ClassRow.extend({
  programmeSlug: z.string(), unitId: Id, place: z.string(),
  sessions: z.array(SessionPlan.extend({ id: Id, closedAt: z.iso.datetime().nullable(), marked: z.int() })),
  trainers: z.array(z.object({ name: z.string(), body: z.string().nullable(), personId: Id.nullable(), registerNo: z.string().nullable() })),
  invitations: z.array(z.object({ unitName: z.string(), locality: z.string().nullable(), people: z.int() })), tierId: Id, teachesBack: z.boolean(), mayWalkIn: z.boolean(),
  rooms: z.object({ pre: Id.nullable(), post: Id.nullable() }), pre: TestState, post: TestState, acts: z.array(ClassAct), mayRun: z.boolean(), certificates: z.int(),
}).meta({ id: 'ClassDetail' });
export type ClassDetail = z.infer<typeof ClassDetail>;
export const getClass = endpoint({ name: 'training.getClass', method: 'GET', path: '/classes/:classId', params: ClassParams, response: ClassDetail });

/** Moves a class through its lifecycle. Returning asks for a sentence. */
export const moveClass = endpoint({ name: 'training.moveClass', method: 'POST', path: '/classes/:classId/moves', params: ClassParams, body: z.object({ act: ClassAct, note: Paragraph(500).nullable().default(null) }), response: ClassDetail });

/** Automatic checks before a decision: a code and what was found. */
export const getChecks = endpoint({ name: 'training.getChecks', method: 'GET', path: '/classes/:classId/checks', params: ClassParams, response: listOf(z.object({ code: z.string(), ok: z.boolean(), params: z.record(z.string(), z.union([z.string(), z.number()])) })) });

export const Enrolment = z.object({ id: Id, personId: Id, name: z.string(), birthYear: z.int().nullable(), sex: Sex.nullable(), position: z.string(), unitName: z.string(), outcome: z.enum(['passed', 'not-passed', 'absent']).nullable(), source: z.enum(['roster', 'walk-in']), toMatch: z.boolean() }).meta({ id: 'Enrolment' });
export const listEnrolments = endpoint({ name: 'training.listEnrolments', method: 'GET', path: '/classes/:classId/enrolments', params: ClassParams, response: listOf(Enrolment) });

/** Adds one person by hand, also somebody who came without being on the list. Who may be known already is settled later. With an `id` of the line, made where it was added, it may be sent again; who is in the class already keeps their line, which comes back. */
export const addEnrolment = endpoint({
  name: 'training.addEnrolment', method: 'POST', path: '/classes/:classId/enrolments', params: ClassParams,
  body: z.object({ id: Id.optional(), name: Line(120), birthYear: z.int().min(1900).max(2100), sex: Sex.nullable().default(null), phone: z.string().max(30).nullable().default(null), unitId: Id, position: Line(120) }), response: Enrolment,
});
/** New activation slips for people of the class (all of it without `personIds`). */
export const issueClassSlips = endpoint({
  name: 'training.issueClassSlips', method: 'POST', path: '/classes/:classId/slips', params: ClassParams, body: z.object({ personIds: z.array(Id).max(500).optional() }),
  response: listOf(z.object({ personId: Id, name: z.string(), code: z.string(), link: z.string(), expiresOn: Day })),
});

export const ClassTest = z.enum(['pre', 'post']);
/** Opens a test for everybody in the class. No time limit unless one is set; `extraTime` gives half as much again. */
export const openTest = endpoint({ name: 'training.openTest', method: 'POST', path: '/classes/:classId/tests/:kind/open', params: ClassParams.extend({ kind: ClassTest }), body: z.object({ timeLimitMinutes: z.int().min(5).max(240).nullable().default(null), extraTime: z.boolean().default(false) }), response: ClassDetail });
export const closeTest = endpoint({ name: 'training.closeTest', method: 'POST', path: '/classes/:classId/tests/:kind/close', params: ClassParams.extend({ kind: ClassTest }), response: ClassDetail });

/** Per person and per question; scores are shares of 0–1, means only over people who sat both tests. */
export const ClassResults = z.object({
  refresher: z.boolean(), pairs: z.int(), preMean: z.number().nullable(), postMean: z.number().nullable(),
  people: z.array(z.object({ enrolmentId: Id, name: z.string(), sex: Sex.nullable(), unitName: z.string(), sessionsPresent: z.int(), sessions: z.int(), pre: z.number().nullable(), post: z.number().nullable(), outcome: z.enum(['passed', 'not-passed', 'absent']), reasons: z.array(z.string()), overtime: z.boolean() })),
  questions: z.array(z.object({ stem: z.string(), topic: z.string(), lessonSlug: z.string().nullable(), cardSlug: z.string().nullable(), lessonId: Id.nullable(), n: z.int(), wrong: z.int(), pre: z.number().nullable(), post: z.number(), worstChoice: z.string().nullable(), worstCount: z.int() })),
  figures: z.object({ enrolled: z.int(), attended: z.int(), passed: z.int(), women: z.int(), men: z.int() }),
}).meta({ id: 'ClassResults' });
export type ClassResults = z.infer<typeof ClassResults>;
export const getResults = endpoint({ name: 'training.getResults', method: 'GET', path: '/classes/:classId/results', params: ClassParams, response: ClassResults });

const ReportText = z.object({ good: Paragraph(), difficult: Paragraph(), support: Paragraph() });
export const getReport = endpoint({ name: 'training.getReport', method: 'GET', path: '/classes/:classId/report', params: ClassParams, response: ReportText.extend({ submittedAt: z.iso.datetime().nullable(), missing: z.array(z.object({ code: z.string(), sessionId: Id.nullable() })) }) });
export const submitReport = endpoint({ name: 'training.submitReport', method: 'POST', path: '/classes/:classId/report', params: ClassParams, body: ReportText, response: ClassDetail });

// Roster import: read → reviewed → applied → (undone within 24 h). Nothing is written before "applied".

export const rosterFields = ['serial', 'name', 'familyName', 'givenName', 'birthYear', 'age', 'male', 'female', 'sex', 'ethnicity', 'position', 'positionUnit', 'village', 'unit', 'district', 'address', 'phone', 'note'] as const;
export type RosterField = (typeof rosterFields)[number];
export const RosterProblem = z.enum([
  'name-missing', 'name-capitals', 'font-converted', 'birth-year-missing', 'birth-year-odd', 'birth-year-from-age', 'sex-both', 'sex-missing', 'sex-inferred', 'unit-missing', 'unit-unknown', 'unit-ambiguous', 'unit-former',
  'phone-length', 'phone-format', 'phone-lost-zero', 'phone-old-prefix', 'phone-two', 'cell-markup', 'cell-formula', 'cell-too-long', 'duplicate-row', 'person-maybe', 'phone-shared', 'already-enrolled', 'in-other-class',
]);
export type RosterProblem = z.infer<typeof RosterProblem>;
const Candidate = z.object({ id: Id, name: z.string(), birthYear: z.int().nullable(), phone: z.string().nullable(), unitName: z.string().nullable() });
export const RosterRow = z.object({
  /** Its place among all people of the file, which decisions name. */
  line: z.int(), sheet: z.string(), row: z.int(), name: z.string(), birthYear: z.int().nullable(), sex: Sex.nullable(), ethnicity: z.string().nullable(), position: z.string(), unit: z.string(), unitId: Id.nullable(), unitName: z.string().nullable(), phone: z.string().nullable(), phoneTyped: z.string().nullable(),
  /** The name as typed in an old font. */
  typedName: z.string().nullable(),
  state: z.enum(['ready', 'check', 'error', 'skipped']), problems: z.array(RosterProblem), sameAs: z.int().nullable(),
  person: Candidate.nullable(), candidates: z.array(Candidate), unitSuggestions: z.array(z.object({ unitId: Id, name: z.string() })),
}).meta({ id: 'RosterRow' });
export type RosterRow = z.infer<typeof RosterRow>;
const RosterColumn = z.object({ field: z.enum(rosterFields), header: z.string(), column: z.int() });
export const RosterReview = z.object({
  id: Id, classId: Id, fileName: z.string(), status: z.enum(['read', 'applied', 'undone']),
  sheets: z.array(z.object({ sheet: z.string(), rows: z.int(), said: z.int().nullable(), columns: z.array(RosterColumn), headers: z.array(z.object({ column: z.int(), header: z.string(), samples: z.array(z.string()) })) })), withoutHeader: z.array(z.string()),
  rows: z.array(RosterRow), ignored: z.array(z.object({ sheet: z.string(), row: z.int(), text: z.string() })), counts: z.object({ ready: z.int(), check: z.int(), error: z.int(), skipped: z.int(), newPeople: z.int(), knownPeople: z.int() }), hasEthnicity: z.boolean(), undoUntil: z.iso.datetime().nullable(),
}).meta({ id: 'RosterReview' });
export type RosterReview = z.infer<typeof RosterReview>;

const RosterParams = z.object({ rosterId: Id });
/** Reads a file. The client makes the id, so that it can ask how far the reading is; sending the same id again gives the same reading. */
export const readRoster = endpoint({ name: 'training.readRoster', method: 'POST', path: '/classes/:classId/rosters', params: ClassParams, body: z.object({ id: Id.optional(), fileName: Line(200), contentBase64: z.string().max(7_000_000) }), response: RosterReview });
/** How many rows of a file that is being read are done. */
export const getRosterProgress = endpoint({ name: 'training.getRosterProgress', method: 'GET', path: '/rosters/:rosterId/progress', params: RosterParams, response: z.object({ done: z.int(), of: z.int() }) });
/** Says which column is what where the header was read wrongly; the rows are read again, decisions about them are kept. */
export const mapRoster = endpoint({ name: 'training.mapRoster', method: 'PUT', path: '/rosters/:rosterId/columns', params: RosterParams, body: z.object({ sheet: z.string().max(200), columns: z.array(z.object({ column: z.int().min(0).max(500), field: z.enum(rosterFields).nullable() })).min(1).max(60) }), response: RosterReview });
export const getRoster = endpoint({ name: 'training.getRoster', method: 'GET', path: '/rosters/:rosterId', params: RosterParams, response: RosterReview });

/** What a human says about a row. Fields that are given replace what the file says. */
export const RosterDecision = z.object({
  line: z.int().min(1), skip: z.boolean().optional(), person: z.union([Id, z.literal('new')]).optional(), unitId: Id.optional(), name: Line(120).optional(), birthYear: z.int().min(1900).max(2100).optional(), phone: z.string().max(30).nullable().optional(), keepBoth: z.boolean().optional(),
});
export type RosterDecision = z.infer<typeof RosterDecision>;
export const decideRoster = endpoint({ name: 'training.decideRoster', method: 'PUT', path: '/rosters/:rosterId/decisions', params: RosterParams, body: z.object({ decisions: z.array(RosterDecision).min(1).max(5000) }), response: RosterReview });
export const applyRoster = endpoint({ name: 'training.applyRoster', method: 'POST', path: '/rosters/:rosterId/apply', params: RosterParams, body: z.object({ ethnicityConsent: z.boolean().default(false) }), response: z.object({ enrolled: z.int(), newPeople: z.int(), knownPeople: z.int(), leftOut: z.int() }) });
export const undoRoster = endpoint({ name: 'training.undoRoster', method: 'POST', path: '/rosters/:rosterId/undo', params: RosterParams, response: Empty });
export const getFailedRows = download({ name: 'training.getFailedRows', method: 'GET', path: '/rosters/:rosterId/failed-rows', params: RosterParams, produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
export const getRosterTemplate = download({ name: 'training.getRosterTemplate', method: 'GET', path: '/roster-template', produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
