import { cleanupOutdatedCaches, createHandlerBoundToURL, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The learner app on the phone: its page and files are kept, so that it opens without network. Data is not the worker's: the app keeps what it has read and sends what was done itself. */
interface Waiting { waitUntil(work: Promise<unknown>): void }
interface Pushed extends Waiting { data: { json(): { text: string; url: string } } | null }
interface Tapped extends Waiting { notification: Notification }
declare const self: {
  addEventListener(type: 'message', heard: (e: { data: unknown }) => void): void; addEventListener(type: 'push', heard: (e: Pushed) => void): void; addEventListener(type: 'notificationclick', heard: (e: Tapped) => void): void;
  skipWaiting(): Promise<void>; registration: ServiceWorkerRegistration; clients: { openWindow(url: string): Promise<unknown> };
};
/** Filled in by the build: every file of the learner app. */
declare const LEARNER_FILES: PrecacheEntry[];

cleanupOutdatedCaches();
precacheAndRoute(LEARNER_FILES);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/hoc'), { allowlist: [/^\/(hoc|vao|t)(\/|$)/] }));

// A new version waits until the person says so: it never takes over in the middle of something.
self.addEventListener('message', (e) => {
  if (e.data === 'take-over') void self.skipWaiting();
});

// A reminder: one at a time, a newer one in the place of an older one.
self.addEventListener('push', (e) => {
  const said = e.data?.json();
  if (said) e.waitUntil(self.registration.showNotification('Lan Toả', { body: said.text, icon: '/icon-192.png', tag: 'on-lai', data: said.url }));
});
self.addEventListener('notificationclick', (e) => {
  e.notification.close();
  e.waitUntil(self.clients.openWindow(String(e.notification.data)));
});
