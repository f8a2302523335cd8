import { cleanupOutdatedCaches, createHandlerBoundToURL, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The learner app on the phone: its page and files are kept, so that it opens without network. Data is not the worker's: the app keeps what it has read and sends what was done itself. */
declare const self: { addEventListener(type: 'message', heard: (e: { data: unknown }) => void): void; skipWaiting(): Promise<void> };
/** Filled in by the build: every file of the learner app. */
declare const LEARNER_FILES: PrecacheEntry[];

cleanupOutdatedCaches();
precacheAndRoute(LEARNER_FILES);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/hoc'), { allowlist: [/^\/(hoc|vao|t)(\/|$)/] }));

// A new version waits until the person says so: it never takes over in the middle of something.
self.addEventListener('message', (e) => {
  if (e.data === 'take-over') void self.skipWaiting();
});
