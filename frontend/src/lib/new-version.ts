import { useSyncExternalStore } from 'react';

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();
const subscribe = (l: () => void) => { listeners.add(l); return () => void listeners.delete(l); };
const found = (worker: ServiceWorker | null): void => {
  waiting = worker;
  for (const l of listeners) l();
};

/** Keeps the app on this phone, so that it opens without network, and notices when there is a newer one. */
export async function keepApp(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  try {
    const kept = await navigator.serviceWorker.register('/sw.js');
    // Without a controller it is the first one, which is not "new".
    const look = () => { if (navigator.serviceWorker.controller) found(kept.waiting); };
    look();
    kept.addEventListener('updatefound', () => kept.installing?.addEventListener('statechange', look));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void kept.update().catch(() => undefined); });
  } catch {
    // A browser that keeps no app still runs it.
  }
}

/** Goes over to the new version that waits, if one does: `null` while there is none. */
export function useNewVersion(): (() => void) | null {
  const worker = useSyncExternalStore(subscribe, () => waiting);
  if (!worker) return null;
  return () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('take-over');
  };
}
