/** Colour of a certificate's state. */
export const LOOK: Record<string, string> = { 'in-force': 'ok', expired: 'warn', revoked: 'bad', replaced: '' };
