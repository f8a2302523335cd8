/** Why a PIN is too easy to guess, or `null` when it may be used. A PIN has six digits. */
export function pinFault(pin: string, birthYear: number | null): 'format' | 'repeated' | 'sequence' | 'birth-year' | null {
  if (!/^\d{6}$/.test(pin)) return 'format';
  if (/^(\d)\1{5}$/.test(pin)) return 'repeated';
  if ('01234567890'.includes(pin) || '09876543210'.includes(pin)) return 'sequence';
  if (birthYear !== null && pin.includes(String(birthYear))) return 'birth-year';
  return null;
}

/** A staff password: at least ten characters that are not one repeated character, nor the person's own code or phone. */
export function passwordFault(password: string, own: readonly string[]): 'short' | 'repeated' | 'own-data' | null {
  if ([...password].length < 10) return 'short';
  if (new Set(password).size < 4) return 'repeated';
  if (own.some((o) => o && password.toLowerCase().includes(o.toLowerCase()))) return 'own-data';
  return null;
}

/** The eight digits of a slip as typed: spaces and dashes do not matter. */
export const slipDigits = (typed: string): string => typed.replace(/[\s-]/g, '');
