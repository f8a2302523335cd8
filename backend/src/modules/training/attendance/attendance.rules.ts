/** When something was done, by our clock: the device's word, corrected by how wrong its clock was when it sent it. Never later than now. */
export function corrected(at: string | undefined, sentAt: string | undefined, now: Date): Date {
  if (!at) return now;
  const skew = sentAt ? now.getTime() - Date.parse(sentAt) : 0;
  return new Date(Math.min(now.getTime(), Date.parse(at) + skew));
}

/** What a scanned QR holds: the secret of a slip (`…/vao/k#SECRET`) or the token of a certificate (`…/v/TOKEN`). */
export function cardOf(code: string): { slip: string } | { certificate: string } | null {
  const slip = /\/vao\/k#([\w-]{20,100})$/.exec(code)?.[1];
  if (slip) return { slip };
  const certificate = /\/v\/([\w-]{10,100})$/.exec(code)?.[1];
  return certificate ? { certificate } : null;
}
