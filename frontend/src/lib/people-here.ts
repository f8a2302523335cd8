import type { Session } from '@lantoa/shared/access';

/** Somebody who uses this phone. The PIN itself is nowhere: only what it must give when it is stretched (PBKDF2). */
interface Here { session: Session; salt: string; check: string; tries: number }
const KEPT = 'lantoa.people';
const AT_MOST = 12;
/** Slow enough for one try, no wall against somebody who copies the storage of the phone: six digits are what they are. */
const ROUNDS = 100_000;
const TRIES = 10;
const PIN = /^\d{6}$/;

function all(): Here[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]') as Here[];
  } catch {
    return [];
  }
}
function save(people: readonly Here[]): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(people.slice(0, AT_MOST)));
  } catch {
    // Whoever comes next signs in with network.
  }
}
const idOf = (h: Here): string => h.session.person?.id ?? '';

async function stretch(pin: string, salt: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(salt), iterations: ROUNDS }, key, 256);
  return Array.from(new Uint8Array(bits), (b) => b.toString(16).padStart(2, '0')).join('');
}

/** Those who have come with a PIN on this phone, the last one first. */
export const peopleHere = (): { id: string; name: string; code: string }[] => all().map((h) => ({ id: idOf(h), name: h.session.person?.name ?? '', code: h.session.person?.code ?? '' }));

/** Somebody has signed in with this secret. A PIN opens this phone for them from now on, also without network; a password does not. */
export async function keepPerson(session: Session, secret: string): Promise<void> {
  if (!session.person || !PIN.test(secret) || !globalThis.crypto?.subtle) return;
  const salt = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16)).join('');
  save([{ session, salt, check: await stretch(secret, salt), tries: 0 }, ...all().filter((h) => idOf(h) !== session.person?.id)]);
}

export const removePerson = (personId: string | undefined): void => save(all().filter((h) => idOf(h) !== personId));

/** Opens this phone for somebody without asking the server. `null`: the PIN is not theirs. Throws `locked` after ten wrong ones: then only the server can say. */
export async function unlock(personId: string, pin: string): Promise<Session | null> {
  const here = all().find((h) => idOf(h) === personId);
  if (!here || here.tries >= TRIES) throw new Error('locked');
  const right = (await stretch(pin, here.salt)) === here.check;
  save(all().map((h) => (h === here || idOf(h) === personId ? { ...h, tries: right ? 0 : h.tries + 1 } : h)));
  return right ? here.session : null;
}
