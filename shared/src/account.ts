import { z } from 'zod';
import { Empty, endpoint, Id } from './endpoint.ts';

// How somebody gets in, changed by themselves. What changes it asks once more for the PIN or password.

const Secret = z.string().min(1).max(200);
const Code = z.string().min(1).max(20);

/** `since`: when the second step was set up; `required`: the installation asks it of everybody with a staff role. */
export const getSecondStep = endpoint({ name: 'access.getSecondStep', method: 'GET', path: '/session/second-step', response: z.object({ since: z.iso.datetime().nullable(), recoveryCodesLeft: z.int(), required: z.boolean() }) });
/** A secret for an authenticator app, as a QR code and to type. It counts once it is confirmed. */
export const beginSecondStep = endpoint({ name: 'access.beginSecondStep', method: 'POST', path: '/session/second-step', body: z.object({ secret: Secret }), response: z.object({ typed: z.string(), link: z.string(), qrSvg: z.string() }) });
/** Turns the step on. The recovery codes are shown this once. */
export const confirmSecondStep = endpoint({ name: 'access.confirmSecondStep', method: 'POST', path: '/session/second-step/confirmation', body: z.object({ code: Code }), response: z.object({ codes: z.array(z.string()) }) });
export const renewRecoveryCodes = endpoint({ name: 'access.renewRecoveryCodes', method: 'POST', path: '/session/second-step/codes', body: z.object({ secret: Secret }), response: z.object({ codes: z.array(z.string()) }) });
export const endSecondStep = endpoint({ name: 'access.endSecondStep', method: 'POST', path: '/session/second-step/end', body: z.object({ secret: Secret, code: Code }), response: Empty });
/** Takes the step away for somebody who has lost phone and codes. */
export const removeSecondStep = endpoint({ name: 'access.removeSecondStep', method: 'DELETE', path: '/people/:personId/second-step', params: z.object({ personId: Id }), response: Empty });

/** A new PIN or password; every other device has to sign in again. */
export const changeSecret = endpoint({ name: 'access.changeSecret', method: 'POST', path: '/session/secret', body: z.object({ secret: Secret, next: Secret }), response: z.object({ ended: z.int() }) });
