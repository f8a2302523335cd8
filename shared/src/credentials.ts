import { z } from 'zod';
import { Day, download, endpoint, Id, Line, listOf, pageOf, Paging, Paragraph } from './endpoint.ts';

/** In force; revoked; replaced by another; past its validity. */
export const EntryState = z.enum(['in-force', 'revoked', 'replaced', 'expired']);
export type EntryState = z.infer<typeof EntryState>;

export const Certificate = z.object({
  id: Id, registerNo: z.string(), serialNo: z.string(), title: z.string(), holderName: z.string(), unitName: z.string(), hours: z.number(), issuedOn: Day, validUntil: Day, issuerName: z.string(), state: EntryState,
  verifyUrl: z.string(), qrSvg: z.string(), paperReady: z.boolean(),
}).meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof Certificate>;

/** The asker's own certificates, newest first. */
export const listMyCertificates = endpoint({ name: 'credentials.listMyCertificates', method: 'GET', path: '/certificates', response: listOf(Certificate) });

/** The paper as PDF: for its holder, and for those who may read the register. */
export const getPaper = download({ name: 'credentials.getPaper', method: 'GET', path: '/certificates/:entryId/paper', params: z.object({ entryId: Id }), produces: 'application/pdf' });

export const RegisterLine = z.object({
  id: Id, seq: z.int(), kind: z.enum(['issue', 'revocation']), registerNo: z.string().nullable(), holderName: z.string(), unitName: z.string(), title: z.string(), issuedOn: Day, validUntil: Day, decisionNo: z.string(), state: EntryState.nullable(), refersTo: z.string().nullable(), note: z.string().nullable(),
}).meta({ id: 'RegisterLine' });

export const listRegister = endpoint({ name: 'credentials.listRegister', method: 'GET', path: '/register', query: z.object({ q: z.string().max(100).optional(), year: z.coerce.number().int().optional(), ...Paging }), response: pageOf(RegisterLine) });

export const RegisterVerdict = z.object({ entries: z.int(), gaps: z.array(z.string()), brokenAt: z.string().nullable(), last: z.string().nullable() }).meta({ id: 'RegisterVerdict' });
export type RegisterVerdict = z.infer<typeof RegisterVerdict>;

/** Walks the chain of the register and looks for missing numbers. */
export const verifyRegister = endpoint({ name: 'credentials.verifyRegister', method: 'GET', path: '/register/verdict', response: RegisterVerdict });

/** Revokes a certificate by a new line that points at the old one. */
export const revokeEntry = endpoint({
  name: 'credentials.revokeEntry', method: 'POST', path: '/register/:entryId/revocation', params: z.object({ entryId: Id }),
  body: z.object({ registerNo: z.string().max(60), reason: Paragraph(300).pipe(z.string().min(5)), decisionNo: Line(60) }), response: z.object({ id: Id }),
});

/** The public page behind a paper's QR code. Works without scripts. */
export const verifyByToken = download({ name: 'credentials.verifyByToken', method: 'GET', path: '/v/:token', at: 'root', params: z.object({ token: z.string().max(80) }), produces: 'text/html; charset=utf-8' });
/** The public form: number and full name together. */
export const verifyByNumber = download({ name: 'credentials.verifyByNumber', method: 'GET', path: '/kiem-tra', at: 'root', query: z.object({ so: z.string().max(60).optional(), ten: z.string().max(120).optional() }), produces: 'text/html; charset=utf-8' });
