export type PhoneReading = { phone: string; note?: 'lost-zero' } | { error: 'phone-length' | 'phone-format' };

/**
 * Reads a Vietnamese phone number as people write it (spaces, dots, +84, a missing first zero) into E.164 (`+84905123456`).
 * A spreadsheet cell that was a number has lost its zero: nine digits that begin with a mobile prefix get it back, and say so.
 * Nine digits that begin with a zero are one short, and are refused.
 */
export function readPhone(raw: string): PhoneReading {
  const compact = raw.replace(/[\s.\-()]/g, '');
  if (!/^\+?\d+$/.test(compact)) return { error: 'phone-format' };
  const national = compact.replace(/^(\+84|0084|84(?=\d{9}$))/, '0');
  if (/^0[235789]\d{8}$/.test(national) || /^02\d{9}$/.test(national)) return { phone: `+84${national.slice(1)}` };
  if (/^[35789]\d{8}$/.test(national)) return { phone: `+84${national}`, note: 'lost-zero' };
  return { error: 'phone-length' };
}

/** A number as it is read aloud: `0905 123 456`. */
export const showPhone = (e164: string): string => e164.replace(/^\+84/, '0').replace(/^(\d{4})(\d{3})(\d+)$/, '$1 $2 $3');
