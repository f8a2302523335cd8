import { z } from 'zod';
import { Day, Empty, endpoint, Id, Line, listOf } from './endpoint.ts';
import { permissions, roles } from './permissions.ts';

export const Role = z.enum(roles);

/** The person code or the phone number, as it was typed. */
const Login = z.string().min(1).max(40);
const Secret = z.string().min(1).max(200);

export const Session = z.object({
  person: z.object({ id: Id, name: z.string(), sex: z.enum(['female', 'male']).nullable(), code: z.string() }).nullable(),
  roles: z.array(Role), permissions: z.array(z.enum(permissions)),
  /** The installation asks a second step of staff, and this person has none yet: no role counts before it is set up. */
  mustSecure: z.boolean().default(false),
}).meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** Who is signed in here; `person: null` when nobody is. */
export const getSession = endpoint({ name: 'access.getSession', method: 'GET', path: '/session', response: Session });

/** Signs in with a PIN (learners, trainers) or a password (staff), and with `code` where somebody has set up a second step. The same answer and time for known and unknown numbers. */
export const signIn = endpoint({ name: 'access.signIn', method: 'POST', path: '/session', body: z.object({ login: Login, secret: Secret, code: z.string().max(20).optional() }), response: Session });

export const signOut = endpoint({ name: 'access.signOut', method: 'DELETE', path: '/session', response: Empty });

/** Either the phone (or person code) with the eight digits, or the secret of the slip's QR code with the birth year. */
export const SlipProof = z.union([
  z.strictObject({ login: Login, code: z.string().min(1).max(20) }),
  z.strictObject({ secret: Secret, birthYear: z.int() }),
]);
export type SlipProof = z.infer<typeof SlipProof>;

/** Whom a slip is for, so that the person can say "yes, it is me". Does not use it up. */
export const checkSlip = endpoint({
  name: 'access.checkSlip', method: 'POST', path: '/activation/check', body: z.object({ proof: SlipProof }),
  response: z.object({ name: z.string(), birthYear: z.int().nullable(), unitName: z.string().nullable(), needs: z.enum(['pin', 'password']) }),
});

/** Uses up the slip, sets the PIN or password, records the consent and signs in. */
export const activate = endpoint({
  name: 'access.activate', method: 'POST', path: '/activation', body: z.object({ proof: SlipProof, secret: Secret, consent: z.literal('2026-11'), code: z.string().max(20).optional() }), response: Session,
});

/** The owner's one-time link of an empty installation. */
export const claimInstallation = endpoint({
  name: 'access.claimInstallation', method: 'POST', path: '/activation/owner', body: z.object({ token: Secret, name: Line(120), phone: z.string().min(1).max(30), password: Secret }), response: Session,
});

export const Slip = z.object({ personId: Id, name: z.string(), code: z.string(), link: z.string(), expiresOn: Day }).meta({ id: 'Slip' });

/** New slips; an earlier unused slip of the same person is void. The code is shown this once. */
export const issueSlips = endpoint({ name: 'access.issueSlips', method: 'POST', path: '/slips', body: z.object({ personIds: z.array(Id).min(1).max(300) }), response: listOf(Slip) });

export const Grant = z.object({ id: Id, role: Role, unitId: Id.nullable(), unitName: z.string().nullable(), from: Day, until: Day.nullable() }).meta({ id: 'Grant' });
/** How a person signs in and which roles they hold. */
export const getAccount = endpoint({
  name: 'access.getAccount', method: 'GET', path: '/people/:personId/account', params: z.object({ personId: Id }),
  response: z.object({ activatedAt: z.iso.datetime().nullable(), slipExpiresOn: Day.nullable(), /** Is a second step set up? */ secondStep: z.boolean(), grants: z.array(Grant) }),
});
export const grantRole = endpoint({ name: 'access.grantRole', method: 'POST', path: '/people/:personId/roles', params: z.object({ personId: Id }), body: z.object({ role: Role.exclude(['learner', 'trainer']), unitId: Id }), response: Grant });
export const endGrant = endpoint({ name: 'access.endGrant', method: 'DELETE', path: '/roles/:grantId', params: z.object({ grantId: Id }), response: Empty });

export const Device = z.object({ id: Id, label: z.string(), current: z.boolean(), createdAt: z.iso.datetime(), seenAt: z.iso.datetime() }).meta({ id: 'Device' });
export const listDevices = endpoint({ name: 'access.listDevices', method: 'GET', path: '/session/devices', response: listOf(Device) });
export const signOutDevice = endpoint({ name: 'access.signOutDevice', method: 'DELETE', path: '/session/devices/:sessionId', params: z.object({ sessionId: Id }), response: Empty });
