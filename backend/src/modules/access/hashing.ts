import { createHash, createHmac, randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id is the package's default algorithm. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashSecret = (secret: string): Promise<string> => hash(secret.normalize('NFC'), ARGON);
export const secretMatches = (stored: string, secret: string): Promise<boolean> => verify(stored, secret.normalize('NFC'));

let decoy: Promise<string> | undefined;
/** Takes as long as a real check and always fails: an unknown number must not answer faster than a known one. */
export async function refuseSlowly(secret: string): Promise<false> {
  decoy ??= hashSecret(randomBytes(16).toString('hex'));
  await secretMatches(await decoy, secret);
  return false;
}

/** 256 random bits, for cookies and links. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Eight digits; bound to the person, so that the same digits of another slip do not open this one. */
export const newSlipCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');
export const hashSlipCode = (personId: string, code: string): Buffer => createHmac('sha256', personId).update(code).digest();
