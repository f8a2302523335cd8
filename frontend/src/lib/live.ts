import { type Change, changed } from '@lantoa/shared/rules/changes';

/** Without a word for this long the stream is taken for dead. */
const SILENT_MS = 20_000;
const POLL_MS = 5000;

/** What could not be taken in (it had to fetch more, and the network was away) is told again after this long. */
const AGAIN_MS = 1500;

/**
 * Follows something that changes on the server: a stream of events where it holds, asking every five seconds where it does not (a proxy that swallows streams, a
 * network that comes and goes, a server that starts again). `heard` may promise: what it fails to take in is told to it again. @returns what stops it
 */
export function follow<T>(address: string, read: () => Promise<T>, heard: (value: T) => unknown, lost: (isLost: boolean) => void = () => {}): () => void {
  let last = Date.now();
  let over = false;
  let away = false;
  let asking = false;
  let told = 0;
  let source = open();
  const tell = (isAway: boolean) => {
    if (away !== isAway) lost(isAway);
    away = isAway;
  };
  async function deliver(value: T): Promise<void> {
    const mine = ++told;
    for (;;) {
      if (over || mine !== told) return;
      try {
        await heard(value);
        return;
      } catch {
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
  }
  const poll = setInterval(() => void ask(), POLL_MS);
  async function ask(): Promise<void> {
    if (asking || (source.readyState === EventSource.OPEN && Date.now() - last < SILENT_MS)) return;
    asking = true;
    try {
      const value = await read();
      void deliver(value);
      tell(false);
      // A stream that the browser has given up is begun anew.
      if (source.readyState === EventSource.CLOSED && !over) source = open();
    } catch {
      tell(true);
    } finally {
      asking = false;
    }
  }
  function open(): EventSource {
    const next = new EventSource(address);
    // Each stream begins with the whole and goes on with what changes.
    let value: unknown;
    const alive = () => { last = Date.now(); };
    next.addEventListener('beat', alive);
    next.addEventListener('open', () => { alive(); tell(false); });
    next.addEventListener('message', (e) => {
      alive();
      tell(false);
      value = changed(value, JSON.parse(e.data) as Change);
      void deliver(value as T);
    });
    return next;
  }
  return () => {
    over = true;
    clearInterval(poll);
    source.close();
  };
}
