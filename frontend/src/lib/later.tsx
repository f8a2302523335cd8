import { type ComponentType, lazy, useState } from 'react';

const waiting: (() => Promise<unknown>)[] = [];

/**
 * A page in a file of its own. Once its file is here it shows at once: React's own `lazy` pauses for a moment even then, and a pause once shown lasts
 * 300 ms.
 */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  let here: ComponentType<P> | undefined;
  const fetched = async () => {
    const file = await load();
    here = file.default;
    return file;
  };
  const Waiting = lazy(fetched) as unknown as ComponentType<P>;
  waiting.push(fetched);
  // What a page began as it stays, or it would lose what was typed when its file arrives.
  // biome-ignore lint/correctness/noComponentHookFactories: called once per page as its module is read, never while rendering
  return function Page(props: P) {
    const [Shown] = useState<ComponentType<P>>(() => here ?? Waiting);
    return <Shown {...props} />;
  };
}

/** Fetches the files of all pages one after the other, when the phone has nothing better to do, and then goes on with `then`; where the owner saves data, none of it. */
export function fetchPages(then: () => unknown): void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const next = async () => {
    const load = waiting.shift();
    if (!load) return void then();
    // Without network the page fetches its file itself when it is opened.
    await load().catch(() => undefined);
    idle();
  };
  const idle = () => ('requestIdleCallback' in window ? requestIdleCallback(() => void next()) : setTimeout(() => void next(), 200));
  idle();
}

const RELOADED = 'lantoa.reloaded';
const AGAIN_MS = 60_000;
/** A file of the app that is not to be had, though the server answers, belongs to a release that is gone: the page begins anew, once. While the server is away, as when it starts again in the middle of a test, the page stays: begun anew it would be gone. */
export function watchMissingFiles(): void {
  addEventListener('vite:preloadError', () => void fetch('/api/health', { cache: 'no-store' }).then((reply) => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (!reply.ok || Date.now() - last < AGAIN_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  }).catch(() => undefined));
}
