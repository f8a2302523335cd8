import { z } from 'zod';
import { Day, download, endpoint, Id, listOf, Paragraph } from './endpoint.ts';

/** In force; revoked; replaced by another; past its validity. */
export const EntryState = z.enum(['in-force', 'revoked', 'replaced', 'expired']);
export type EntryState = z.infer<typeof EntryState>;

/** Where a certificate stands between issue and end: `open` from 60 days before its end, `grace` for 30 days after it (domain.md). */
export const RenewalStage = z.enum(['fresh', 'open', 'grace', 'lapsed']);
export type RenewalStage = z.infer<typeof RenewalStage>;

export const Certificate = z.object({
  id: Id, registerNo: z.string(), serialNo: z.string(), title: z.string(), holderName: z.string(), unitName: z.string(), hours: z.number(), issuedOn: Day, validUntil: Day, issuerName: z.string(), state: EntryState,
  verifyUrl: z.string(), qrSvg: z.string(), paperReady: z.boolean(), credentialReady: z.boolean(), stage: RenewalStage.nullable(), endedOn: Day.nullable(), reason: z.string().nullable(), replacedBy: z.string().nullable(), issuerPhone: z.string().nullable(),
}).meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof Certificate>;

/** The asker's own certificates, newest first. */
export const listMyCertificates = endpoint({ name: 'credentials.listMyCertificates', method: 'GET', path: '/certificates', response: listOf(Certificate) });

/** The paper as PDF: for its holder, and for those who may read the register. */
export const getPaper = download({ name: 'credentials.getPaper', method: 'GET', path: '/certificates/:entryId/paper', params: z.object({ entryId: Id }), produces: 'application/pdf' });

/** The public page behind a paper's QR code. Works without scripts. */
export const verifyByToken = download({ name: 'credentials.verifyByToken', method: 'GET', path: '/v/:token', at: 'root', params: z.object({ token: z.string().max(80) }), produces: 'text/html; charset=utf-8' });
/** The public form: number and full name together. */
export const verifyByNumber = download({ name: 'credentials.verifyByNumber', method: 'GET', path: '/kiem-tra', at: 'root', query: z.object({ so: z.string().max(60).optional(), ten: z.string().max(120).optional() }), produces: 'text/html; charset=utf-8' });

/** One of the outcomes, for a program. `certificate` is there when the register knows it; never the holder's name, which the asker has. */
export const Verification = z.object({
  outcome: z.enum([...EntryState.options, 'not-found', 'unavailable']), checkedAt: z.string(),
  certificate: z.object({
    registerNo: z.string(), title: z.string(), hours: z.number(), issuer: z.string(), issuedOn: Day, validUntil: Day, endedOn: Day.nullable(), replacedBy: z.string().nullable(),
    chain: z.array(z.object({ code: z.string(), title: z.string(), from: Day, until: Day, trainers: z.array(z.object({ registerNo: z.string().nullable(), stateThen: EntryState.nullable() })) })),
  }).nullable(),
}).meta({ id: 'Verification' });
export type Verification = z.infer<typeof Verification>;
/** For verifiers: by the token of the code, or by number and full name together. */
export const verifyByMachine = endpoint({ name: 'credentials.verifyByMachine', method: 'GET', path: '/verification', query: z.object({ token: z.string().max(80).optional(), number: z.string().max(60).optional(), name: z.string().max(120).optional() }), response: Verification });

/** A suspected forgery, from the form of the public page. Who reports it is not asked and not kept. */
export const reportForgery = download({
  name: 'credentials.reportForgery', method: 'POST', path: '/kiem-tra/nghi-gia', at: 'root', produces: 'text/html; charset=utf-8',
  body: z.object({ so: z.string().max(60).default(''), ten: z.string().max(120).default(''), noi: z.string().max(200).default(''), viec: z.string().max(1000).default('') }),
});
export const forgeryForm = download({ name: 'credentials.forgeryForm', method: 'GET', path: '/kiem-tra/nghi-gia', at: 'root', query: z.object({ so: z.string().max(60).optional() }), produces: 'text/html; charset=utf-8' });
export const ForgeryReport = z.object({ id: Id, registerNo: z.string(), holderName: z.string(), seenAt: z.string(), message: z.string(), known: z.boolean(), reportedAt: z.string(), closedBy: z.string().nullable(), finding: z.string().nullable() }).meta({ id: 'ForgeryReport' });
export type ForgeryReport = z.infer<typeof ForgeryReport>;
export const listForgeryReports = endpoint({ name: 'credentials.listForgeryReports', method: 'GET', path: '/forgery-reports', response: listOf(ForgeryReport) });
/** Closes a report with what was found. */
export const closeForgeryReport = endpoint({ name: 'credentials.closeForgeryReport', method: 'POST', path: '/forgery-reports/:reportId/finding', params: z.object({ reportId: Id }), body: z.object({ finding: Paragraph(500).pipe(z.string().min(3)) }), response: z.object({}) });

/** The signed credential of the asker's certificate, or a badge picture with it inside. */
export const getCredential = download({ name: 'credentials.getCredential', method: 'GET', path: '/certificates/:entryId/credential.json', params: z.object({ entryId: Id }), produces: 'application/json' });
export const getBadge = download({ name: 'credentials.getBadge', method: 'GET', path: '/certificates/:entryId/badge.png', params: z.object({ entryId: Id }), produces: 'image/png' });
export const getBadgeSvg = download({ name: 'credentials.getBadgeSvg', method: 'GET', path: '/certificates/:entryId/badge.svg', params: z.object({ entryId: Id }), produces: 'image/svg+xml' });

/** What verifiers fetch: an issuer's keys, a signed document, a status list; always the stored bytes. */
export const getIssuerKeys = download({ name: 'credentials.getIssuerKeys', method: 'GET', path: '/noi-cap/:slug/did.json', at: 'root', params: z.object({ slug: z.string().max(80) }), produces: 'application/did+json' });
export const getSignedCredential = download({ name: 'credentials.getSignedCredential', method: 'GET', path: '/giay/:file', at: 'root', params: z.object({ file: z.string().regex(/^[0-9a-f-]{36}\.json$/) }), produces: 'application/vc' });
export const getClassRecord = download({ name: 'credentials.getClassRecord', method: 'GET', path: '/ban-ghi-lop/:file', at: 'root', params: z.object({ file: z.string().regex(/^[0-9a-f-]{36}\.json$/) }), produces: 'application/vc' });
export const getStatusList = download({ name: 'credentials.getStatusList', method: 'GET', path: '/trang-thai/:slug/:number', at: 'root', params: z.object({ slug: z.string().max(80), number: z.coerce.number().int().min(1) }), produces: 'application/vc' });
