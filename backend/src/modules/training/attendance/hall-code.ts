import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long one code of the hall is shown. */
export const CODE_SECONDS = 30;
/** A scan may be this much older or newer than its code: phones' clocks and slow hands. */
const GRACE_SECONDS = 90;

const slotOf = (at: Date): number => Math.floor(at.getTime() / 1000 / CODE_SECONDS);

/** The code of a hall at an instant: which half minute, and what proves it. */
export function hallCode(key: Buffer, at: Date): { code: string; changesAt: Date } {
  const slot = slotOf(at);
  return { code: `${slot.toString(36)}-${proof(key, slot)}`, changesAt: new Date((slot + 1) * CODE_SECONDS * 1000) };
}

const proof = (key: Buffer, slot: number): string => createHmac('sha256', key).update(String(slot)).digest('base64url').slice(0, 12);

/** Was the code made with this key, and scanned about when it was shown? */
export function isHallCode(key: Buffer, code: string, scannedAt: Date): boolean {
  const [slotText = '', given = ''] = code.split(/-(.*)/s);
  const slot = Number.parseInt(slotText, 36);
  if (!Number.isSafeInteger(slot)) return false;
  const real = Buffer.from(proof(key, slot));
  if (real.length !== Buffer.byteLength(given) || !timingSafeEqual(real, Buffer.from(given))) return false;
  const shownFrom = slot * CODE_SECONDS;
  const at = scannedAt.getTime() / 1000;
  return at > shownFrom - GRACE_SECONDS && at < shownFrom + CODE_SECONDS + GRACE_SECONDS;
}
