import { z } from 'zod';
import { Day, download, Empty, endpoint, Id, listOf, Paragraph } from './endpoint.ts';

// Rights of the people whose data this is (Luật 91/2025/QH15, NĐ 356/2025/NĐ-CP): see, take along, have put right, withdraw, have deleted; and the register of what was asked, with its due days.

export const requestKinds = ['view', 'correct', 'withdraw', 'erase'] as const;
export const RequestKind = z.enum(requestKinds);
export type RequestKind = z.infer<typeof RequestKind>;
/** `prepared`: one has prepared a deletion, another must confirm it. */
export const RequestState = z.enum(['open', 'answered', 'prepared', 'done', 'refused']);
export const PrivacyRequest = z.object({
  id: Id, kind: RequestKind, note: z.string(), state: RequestState, askedOn: Day, answerBy: Day, doneBy: Day, late: z.boolean(), answer: z.string().nullable(), closedOn: Day.nullable(),
}).meta({ id: 'PrivacyRequest' });
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;
export const StaffRequest = PrivacyRequest.extend({ person: z.object({ id: Id, name: z.string(), code: z.string(), unitName: z.string().nullable() }), preparedBy: z.string().nullable(), mayConfirm: z.boolean() }).meta({ id: 'StaffPrivacyRequest' });
export type StaffRequest = z.infer<typeof StaffRequest>;

/** What one has agreed to: the learning itself, and the ethnic group, which is asked apart. `endedAt`: withdrawn. */
export const ConsentView = z.object({ purpose: z.enum(['learning', 'ethnicity']), textVersion: z.string(), at: z.iso.datetime(), endedAt: z.iso.datetime().nullable() });
/** What is kept of oneself, as counts; what one agreed to; what one asked for. */
export const getMyData = endpoint({
  name: 'privacy.getMyData', method: 'GET', path: '/session/my-data',
  response: z.object({ kept: z.array(z.object({ what: z.string(), n: z.int() })), consents: z.array(ConsentView), requests: z.array(PrivacyRequest) }),
});
/** All of it as one JSON file. */
export const downloadMyData = download({ name: 'privacy.downloadMyData', method: 'GET', path: '/session/my-data.json', produces: 'application/json' });
export const askPrivacy = endpoint({ name: 'privacy.askPrivacy', method: 'POST', path: '/session/privacy-requests', body: z.object({ id: Id, kind: RequestKind, note: Paragraph(1000).default('') }), response: PrivacyRequest });
/** Ends an agreement at once. Without the one for learning nobody is signed in any more; what was learned and certified stays. */
export const endConsent = endpoint({ name: 'privacy.endConsent', method: 'POST', path: '/session/consents/end', body: z.object({ purpose: z.enum(['learning', 'ethnicity']) }), response: Empty });

export const listPrivacyRequests = endpoint({ name: 'privacy.listPrivacyRequests', method: 'GET', path: '/privacy-requests', response: listOf(StaffRequest) });
/** Notes what somebody has asked for on paper or by telephone. */
export const notePrivacyRequest = endpoint({ name: 'privacy.notePrivacyRequest', method: 'POST', path: '/people/:personId/privacy-requests', params: z.object({ personId: Id }), body: z.object({ id: Id, kind: RequestKind, note: Paragraph(1000).default('') }), response: PrivacyRequest });
const RequestParams = z.object({ requestId: Id });
/** Says what will be done (the law gives two working days), or how it ended. */
export const answerPrivacyRequest = endpoint({ name: 'privacy.answerPrivacyRequest', method: 'POST', path: '/privacy-requests/:requestId/answers', params: RequestParams, body: z.object({ to: z.enum(['answered', 'done', 'refused']), answer: Paragraph(1000) }), response: Empty });
/** The first half of a deletion; a second person confirms it. */
export const prepareErasure = endpoint({ name: 'privacy.prepareErasure', method: 'POST', path: '/privacy-requests/:requestId/erasure', params: RequestParams, response: Empty });
/** Makes the person nameless, for good. Lines of the register stay, as the law on certificates asks. */
export const confirmErasure = endpoint({ name: 'privacy.confirmErasure', method: 'POST', path: '/privacy-requests/:requestId/erasure/confirmation', params: RequestParams, response: Empty });
/** Everything that is kept of somebody who asked for it on paper. */
export const downloadPersonData = download({ name: 'privacy.downloadPersonData', method: 'GET', path: '/people/:personId/data.json', params: z.object({ personId: Id }), produces: 'application/json' });
