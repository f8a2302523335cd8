import { Secret, TOTP } from 'otpauth';

const PERIOD = 30;
const of = (secret: Uint8Array): TOTP => new TOTP({ issuer: 'Lan Toả', algorithm: 'SHA1', digits: 6, period: PERIOD, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });

/** The step that a code belongs to (RFC 6238, thirty seconds, one step of a wrong clock either way), or `null` for a wrong one. A step that was used is not taken again: somebody may have looked over a shoulder. */
export function stepOf(secret: Uint8Array, code: string, at: Date, lastStep: number): number | null {
  const digits = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = of(secret).validate({ token: digits, timestamp: at.getTime(), window: 1 });
  if (delta === null) return null;
  const step = Math.floor(at.getTime() / 1000 / PERIOD) + delta;
  return step > lastStep ? step : null;
}

/** The code of this moment; for tests and for showing that a secret fits. */
export const codeAt = (secret: Uint8Array, at: Date): string => of(secret).generate({ timestamp: at.getTime() });

/** How an authenticator app takes the secret: by an address in a QR code, or typed. */
export function enrolmentOf(secret: Uint8Array, account: string): { link: string; typed: string } {
  const totp = of(secret);
  totp.label = account;
  return { link: totp.toString(), typed: totp.secret.base32.replace(/(.{4})(?=.)/g, '$1 ') };
}

/** A recovery code as somebody typed it: signs do not matter. */
export const recoveryDigits = (typed: string): string => typed.replace(/[^a-z0-9]/gi, '').toLowerCase();
