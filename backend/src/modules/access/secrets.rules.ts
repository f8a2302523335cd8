/** Why a PIN is too easy to guess, or `null` when it may be used. A PIN has six digits. `common`: what many people chose before. */
export function pinFault(pin: string, birthYear: number | null, common: ReadonlySet<string>): 'format' | 'repeated' | 'sequence' | 'birth-year' | 'common' | null {
  if (!/^\d{6}$/.test(pin)) return 'format';
  if (/^(\d)\1{5}$/.test(pin)) return 'repeated';
  if ('01234567890'.includes(pin) || '09876543210'.includes(pin)) return 'sequence';
  if (birthYear !== null && pin.includes(String(birthYear))) return 'birth-year';
  return common.has(pin) ? 'common' : null;
}

/** A staff password: at least ten characters that are not one repeated character, nor the person's own code or phone, nor one that many people have, with or without digits and signs around it. */
export function passwordFault(password: string, own: readonly string[], common: ReadonlySet<string>): 'short' | 'repeated' | 'own-data' | 'common' | null {
  if ([...password].length < 10) return 'short';
  if (new Set(password).size < 4) return 'repeated';
  if (own.some((o) => o && password.toLowerCase().includes(o.toLowerCase()))) return 'own-data';
  const bare = password.toLowerCase();
  return common.has(bare) || common.has(bare.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')) ? 'common' : null;
}

/** The eight digits of a slip as typed: spaces and dashes do not matter. */
export const slipDigits = (typed: string): string => typed.replace(/[\s-]/g, '');
