import { z } from 'zod';
import { RenewalStage } from './credentials.ts';
import { Day, download, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

/** Why somebody of an approved class gets no certificate now. */
export const AgainstReason = z.enum(['not-passed', 'absent', 'no-outcome', 'has-certificate', 'in-batch']);
export type AgainstReason = z.infer<typeof AgainstReason>;
export const Candidate = z.object({
  enrolmentId: Id, classId: Id, name: z.string(), unitName: z.string(), eligible: z.boolean(), reasons: z.array(AgainstReason), attended: z.int(), sessions: z.int(), score: z.number().nullable(),
  /** May a second person be asked to give one all the same? Not where there is one already. */
  mayOverride: z.boolean(),
}).meta({ id: 'Candidate' });
export type Candidate = z.infer<typeof Candidate>;

/** Who of completed classes gets a certificate, and who does not and why, by the rules of their tier. */
export const listCandidates = endpoint({
  name: 'awarding.listCandidates', method: 'GET', path: '/batch-candidates', query: z.object({ classes: z.string().max(4000) }),
  response: z.object({
    certificateTitle: z.string(), typeId: Id, minAttendance: z.number(), passMark: z.number(), templateVersionId: Id.nullable(), templateName: z.string().nullable(), earliest: Day, items: z.array(Candidate),
    /** The address that codes on the papers would hold; `local` when nobody else can reach it. */
    address: z.string(), local: z.boolean(),
  }),
});

/** A place in a batch: given; given although a rule speaks against it, with the reason; or left out, with the reason. */
export const Place = z.object({ id: Id, name: z.string(), unitName: z.string(), verdict: z.enum(['given', 'override', 'left-out']), reason: z.string().nullable(), registerNo: z.string().nullable(), entryId: Id.nullable() }).meta({ id: 'BatchPlace' });
export type Place = z.infer<typeof Place>;

export const Batch = z.object({
  id: Id, code: z.string(), kind: z.enum(['classes', 'renewals']), title: z.string(), classes: z.array(z.object({ id: Id, code: z.string(), title: z.string() })), status: z.enum(['prepared', 'approved', 'withdrawn']), certificates: z.int(), overrides: z.int(), leftOut: z.int(),
  papersReady: z.int(), credentialsReady: z.int(), decisionNo: z.string(), issuedOn: Day, signerTitle: z.string(), signerName: z.string(), preparedBy: z.string(), approvedBy: z.string().nullable(), withdrawnNote: z.string().nullable(),
  /** Before the approval: the numbers that it would take if nobody comes before. */
  firstNo: z.string().nullable(), lastNo: z.string().nullable(), overprint: z.boolean(), mayApprove: z.boolean(), mayWithdraw: z.boolean(),
}).meta({ id: 'Batch' });
export type Batch = z.infer<typeof Batch>;

/** Batches, newest first, and completed classes with people who wait for a certificate. */
export const listBatches = endpoint({ name: 'awarding.listBatches', method: 'GET', path: '/batches', response: listOf(Batch).extend({ ready: z.array(z.object({ classId: Id, code: z.string(), title: z.string(), certificateTitle: z.string(), typeId: Id, endedOn: Day, eligible: z.int() })) }) });
export const getBatch = endpoint({ name: 'awarding.getBatch', method: 'GET', path: '/batches/:batchId', params: z.object({ batchId: Id }), response: Batch });
export const listPlaces = endpoint({ name: 'awarding.listPlaces', method: 'GET', path: '/batches/:batchId/places', params: z.object({ batchId: Id }), response: listOf(Place) });

const Signed = { decisionNo: Line(60), issuedOn: Day, signerTitle: Line(120), signerName: Line(120) };
const Said = z.object({ enrolmentId: Id, reason: Paragraph(200).pipe(z.string().min(5)) });
/** Prepares a batch of classes of one tier: nothing gets a number yet. */
export const prepareBatch = endpoint({ name: 'awarding.prepareBatch', method: 'POST', path: '/batches', body: z.object({ classIds: z.array(Id).min(1).max(60), ...Signed, overrides: z.array(Said).max(200).default([]), leftOut: z.array(Said).max(1000).default([]) }), response: Batch });
/** A second person approves; now, and not before, the numbers are taken. Approving again changes nothing. */
export const approveBatch = endpoint({ name: 'awarding.approveBatch', method: 'POST', path: '/batches/:batchId/approval', params: z.object({ batchId: Id }), response: Batch });
/** Takes a batch that waits back, by who prepared it or who would approve it. */
export const withdrawBatch = endpoint({ name: 'awarding.withdrawBatch', method: 'POST', path: '/batches/:batchId/withdrawal', params: z.object({ batchId: Id }), body: z.object({ note: Paragraph(300).pipe(z.string().min(3)) }), response: Batch });
/** How the papers would look: the longest name, and three others. */
export const previewBatch = endpoint({ name: 'awarding.previewBatch', method: 'GET', path: '/batches/:batchId/preview', params: z.object({ batchId: Id }), response: listOf(z.object({ name: z.string(), svg: z.string() })) });
/** Makes papers and credentials that are missing. Never a second number. */
export const makeMissing = endpoint({ name: 'awarding.makeMissing', method: 'POST', path: '/batches/:batchId/making', params: z.object({ batchId: Id }), response: z.object({ asked: z.int() }) });

const OffBy = z.object({ dx: z.coerce.number().min(-30).max(30).default(0), dy: z.coerce.number().min(-30).max(30).default(0) });
/** All papers of a batch in one document, in the order of the book; `dx`, `dy`: how far the printer is off, in mm. */
export const printBatch = download({ name: 'awarding.printBatch', method: 'GET', path: '/batches/:batchId/papers', params: z.object({ batchId: Id }), query: OffBy, produces: 'application/pdf' });
/** The list to sign when papers are handed out. */
export const printHandOut = download({ name: 'awarding.printHandOut', method: 'GET', path: '/batches/:batchId/hand-out.pdf', params: z.object({ batchId: Id }), produces: 'application/pdf' });

/** Why a certificate cannot be renewed now. */
export const RenewalReason = z.enum(['too-early', 'lapsed', 'no-refresher', 'refresher-missed', 'refresher-weak', 'in-batch']);
export type RenewalReason = z.infer<typeof RenewalReason>;
/** A certificate near its end, or past it and still to be renewed. */
export const Lapsing = z.object({
  entryId: Id, personId: Id, name: z.string(), phone: z.string().nullable(), unitName: z.string(), title: z.string(), typeId: Id, registerNo: z.string(), validUntil: Day, stage: RenewalStage, refreshersDue: z.int(), refreshersDone: z.int(), lastScore: z.number().nullable(), reasons: z.array(RenewalReason), calledAt: z.string().nullable(),
}).meta({ id: 'Lapsing' });
export type Lapsing = z.infer<typeof Lapsing>;
/** Certificates that end within `days`, or ended not longer ago than the grace, soonest first: whom to call, and who may be renewed. */
export const listLapsing = endpoint({ name: 'awarding.listLapsing', method: 'GET', path: '/renewals', query: z.object({ days: z.coerce.number().int().min(1).max(365).default(60) }), response: listOf(Lapsing) });
/** Notes that somebody was called about a certificate. */
export const markLapsingCalled = endpoint({ name: 'awarding.markLapsingCalled', method: 'POST', path: '/renewals/:entryId/call', params: z.object({ entryId: Id }), response: z.object({}) });
/** Prepares a batch of renewals: a new certificate in the place of each old one; an early one keeps the rest of the old term. */
export const prepareRenewals = endpoint({ name: 'awarding.prepareRenewals', method: 'POST', path: '/renewals', body: z.object({ entryIds: z.array(Id).min(1).max(1000), ...Signed }), response: Batch });
