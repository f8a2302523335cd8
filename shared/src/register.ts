import { z } from 'zod';
import { EntryState } from './credentials.ts';
import { Day, download, endpoint, Id, Line, listOf, pageOf, Paging, Paragraph } from './endpoint.ts';
import { BirthYear, Sex } from './people.ts';

/** A certificate; its end by decision; its words anew. Re-issues and renewals are certificates that refer to the one whose place they take. */
export const LineKind = z.enum(['issue', 'revocation', 'correction']);
export type LineKind = z.infer<typeof LineKind>;

/** What two people may do to a certificate together. */
export const ChangeAct = z.enum(['revoke', 'correct', 'reissue']);
export type ChangeAct = z.infer<typeof ChangeAct>;

/** Why, per act: what the verification page may say without telling a story about somebody. */
export const reasonsOf = { revoke: ['error', 'not-entitled', 'fraud', 'request'], correct: ['misspelt', 'wrong-data', 'name-changed'], reissue: ['lost', 'damaged', 'misprinted'] } as const satisfies Record<ChangeAct, readonly string[]>;

/** What a correction may word anew. */
export const Wording = z.object({ holderName: z.string(), birthYear: z.int().nullable(), sex: Sex.nullable(), unitName: z.string() });
export type Wording = z.infer<typeof Wording>;

/** A line as the book shows it. */
export const RegisterLine = z.object({
  id: Id, seq: z.int(), kind: LineKind, registerNo: z.string().nullable(), serialNo: z.string().nullable(), holderName: z.string(), birthYear: z.int().nullable(), sex: Sex.nullable(), unitName: z.string(), title: z.string(), hours: z.number(),
  decisionNo: z.string(), issuedOn: Day, validUntil: Day, state: EntryState.nullable(), about: z.string().nullable(), reason: z.string().nullable(), note: z.string().nullable(), receivedBy: z.string().nullable(), receivedOn: Day.nullable(), paperReady: z.boolean(),
}).meta({ id: 'RegisterLine' });
export type RegisterLine = z.infer<typeof RegisterLine>;

/** The book, newest line first. `q`: part of a name, or the beginning of a number. */
export const listRegister = endpoint({ name: 'register.listRegister', method: 'GET', path: '/register', query: z.object({ q: z.string().max(100).optional(), year: z.coerce.number().int().optional(), ...Paging }), response: pageOf(RegisterLine).extend({ years: z.array(z.int()) }) });

export const ChangeRequest = z.object({
  id: Id, entryId: Id, registerNo: z.string(), holderName: z.string(), act: ChangeAct, reason: z.string(), note: z.string(), decisionNo: z.string(), wording: Wording.nullable(),
  askedBy: z.string(), askedAt: z.string(), mayDecide: z.boolean(),
}).meta({ id: 'ChangeRequest' });
export type ChangeRequest = z.infer<typeof ChangeRequest>;

/** A certificate with every line that is tied to it, how often it was looked up on the public page and when last, and the change that waits, if one does. */
export const getEntry = endpoint({
  name: 'register.getEntry', method: 'GET', path: '/register/:entryId', params: z.object({ entryId: Id }),
  response: z.object({ entry: RegisterLine, lines: z.array(RegisterLine), verifyUrl: z.string(), checks: z.object({ times: z.int(), lastOn: Day.nullable() }), waiting: ChangeRequest.nullable(), mayAsk: z.boolean() }),
});

/** Asks for a change. The number is typed again, so that nobody revokes the wrong one by a slip of the hand; nothing changes before a second person agrees. */
export const askChange = endpoint({
  name: 'register.askChange', method: 'POST', path: '/register/:entryId/requests', params: z.object({ entryId: Id }),
  body: z.object({
    act: ChangeAct, registerNo: z.string().max(60), reason: z.string().max(40), note: Paragraph(300).pipe(z.string().min(5)), decisionNo: Line(60),
    wording: z.object({ holderName: Line(120), birthYear: BirthYear.nullable(), sex: Sex.nullable(), unitName: Line(200) }).nullable().default(null),
  }),
  response: ChangeRequest,
});
/** Changes that wait for a second person. */
export const listChangeRequests = endpoint({ name: 'register.listChangeRequests', method: 'GET', path: '/register-requests', response: listOf(ChangeRequest) });
/** Agrees, and the line is written; or refuses with a reason. */
export const decideChange = endpoint({
  name: 'register.decideChange', method: 'POST', path: '/register-requests/:requestId/decision', params: z.object({ requestId: Id }), body: z.object({ verdict: z.enum(['approved', 'refused']), note: Paragraph(300).default('') }), response: z.object({ lineId: Id.nullable() }),
});

/** Notes who signed for papers on a day; without a name the holders themselves did. A later note about the same paper counts instead. */
export const recordReceipts = endpoint({ name: 'register.recordReceipts', method: 'POST', path: '/register-receipts', body: z.object({ entryIds: z.array(Id).min(1).max(1000), receivedBy: Line(120).nullable(), receivedOn: Day }), response: z.object({ recorded: z.int() }) });

export const RegisterVerdict = z.object({ entries: z.int(), gaps: z.array(z.string()), brokenAt: z.string().nullable(), last: z.string().nullable(), head: z.string().nullable() }).meta({ id: 'RegisterVerdict' });
export type RegisterVerdict = z.infer<typeof RegisterVerdict>;
/** Walks the chain of the register and looks for missing numbers. `head`: the hash of the last line; written down somewhere else, it proves later that nothing before it was changed. */
export const verifyRegister = endpoint({ name: 'register.verifyRegister', method: 'GET', path: '/register-verdict', response: RegisterVerdict });

const OfYear = z.object({ year: z.coerce.number().int().min(2000).max(2200), sheet: z.enum(['a4', 'a3']).default('a4') });
/** The book of a year, to print and sign. */
export const printBook = download({ name: 'register.printBook', method: 'GET', path: '/register-book.pdf', query: OfYear, produces: 'application/pdf' });
/** The same as a workbook. */
export const exportBook = download({ name: 'register.exportBook', method: 'GET', path: '/register-book.xlsx', query: OfYear.pick({ year: true }), produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
