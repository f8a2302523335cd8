import { z } from 'zod';
import { Day, download, endpoint, Id, Line } from './endpoint.ts';

export const Candidate = z.object({ enrolmentId: Id, name: z.string(), unitName: z.string(), eligible: z.boolean(), reasons: z.array(z.enum(['not-passed', 'absent', 'has-certificate'])) }).meta({ id: 'Candidate' });

/** Who of a completed class gets a certificate, and who does not and why. */
export const getEligibility = endpoint({ name: 'awarding.getEligibility', method: 'GET', path: '/classes/:classId/eligibility', params: z.object({ classId: Id }), response: z.object({ certificateTitle: z.string(), items: z.array(Candidate) }) });

export const Batch = z.object({
  id: Id, classId: Id, classCode: z.string(), classTitle: z.string(), status: z.enum(['prepared', 'approved']), certificates: z.int(), papersReady: z.int(), decisionNo: z.string(), issuedOn: Day, signerTitle: z.string(), signerName: z.string(),
  preparedBy: z.string(), approvedBy: z.string().nullable(), firstNo: z.string().nullable(), lastNo: z.string().nullable(), mayApprove: z.boolean(),
}).meta({ id: 'Batch' });
export type Batch = z.infer<typeof Batch>;
export const listBatches = endpoint({ name: 'awarding.listBatches', method: 'GET', path: '/batches', response: z.object({ items: z.array(Batch), ready: z.array(z.object({ classId: Id, code: z.string(), title: z.string(), eligible: z.int() })) }) });

/** Prepares a batch: nothing gets a number yet. */
export const prepareBatch = endpoint({ name: 'awarding.prepareBatch', method: 'POST', path: '/batches', body: z.object({ classId: Id, decisionNo: Line(60), issuedOn: Day, signerTitle: Line(120), signerName: Line(120) }), response: Batch });
/** A second person approves; now, and not before, the numbers are taken. */
export const approveBatch = endpoint({ name: 'awarding.approveBatch', method: 'POST', path: '/batches/:batchId/approval', params: z.object({ batchId: Id }), response: Batch });
export const getBatch = endpoint({ name: 'awarding.getBatch', method: 'GET', path: '/batches/:batchId', params: z.object({ batchId: Id }), response: Batch });
/** All papers of a batch in one document, in the order of the book. */
export const printBatch = download({ name: 'awarding.printBatch', method: 'GET', path: '/batches/:batchId/papers', params: z.object({ batchId: Id }), produces: 'application/pdf' });
