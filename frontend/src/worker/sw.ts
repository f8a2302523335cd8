import { cleanupOutdatedCaches, createHandlerBoundToURL, PrecacheController, type PrecacheEntry, precacheAndRoute, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/** The app on this phone: its page and files are kept, so that it opens without network. Data is not the worker's: the app keeps what it has read and sends what was done itself. */
interface Waiting { waitUntil(work: Promise<unknown>): void }
interface Pushed extends Waiting { data: { json(): { text: string; url: string } } | null }
interface Tapped extends Waiting { notification: Notification }
interface Told extends Waiting { data: unknown; ports: readonly MessagePort[] }
type Extendable = Parameters<PrecacheController['install']>[0];
declare const self: {
  addEventListener(type: 'install' | 'activate', heard: (e: Waiting) => void): void; addEventListener(type: 'message', heard: (e: Told) => void): void; addEventListener(type: 'push', heard: (e: Pushed) => void): void; addEventListener(type: 'notificationclick', heard: (e: Tapped) => void): void;
  skipWaiting(): Promise<void>; registration: ServiceWorkerRegistration; clients: { openWindow(url: string): Promise<unknown> };
};
/** Filled in by the build: every file of the learner app, and those of the staff's with which a class is held. */
declare const LEARNER_FILES: PrecacheEntry[];
declare const CLASS_FILES: PrecacheEntry[];

cleanupOutdatedCaches();
precacheAndRoute(LEARNER_FILES);
registerRoute(new NavigationRoute(createHandlerBoundToURL('/hoc'), { allowlist: [/^\/(hoc|vao|t)(\/|$)/] }));

// The pages of a class are kept only where a trainer has prepared one: a learner's phone has no room for them.
const CLASS_PAGES = 'lantoa-lop';
const PAPERS = 'lantoa-giay';
const classPages = new PrecacheController({ cacheName: CLASS_PAGES });
classPages.addToCacheList(CLASS_FILES);
self.addEventListener('install', (e) => e.waitUntil(caches.has(CLASS_PAGES).then((kept) => (kept ? classPages.install(e as Extendable) : undefined))));
self.addEventListener('activate', (e) => e.waitUntil(caches.has(CLASS_PAGES).then((kept) => (kept ? classPages.activate(e as Extendable) : undefined))));
registerRoute(new PrecacheRoute(classPages));

/** Workbox keeps files only for an event of this name; here it is a trainer who asks. */
const asInstall = (e: Waiting): Extendable => ({ type: 'install', waitUntil: (work: Promise<unknown>) => e.waitUntil(work) }) as Extendable;

/** How long a page may take before the kept one is shown. */
const PAGE_WITHIN_MS = 4000;
/** From the server where it answers, for these pages change with every release; from this machine where it does not. */
const newest = async (request: Request, kept: () => Promise<Response | undefined>): Promise<Response> => {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) });
  } catch {
    return (await kept()) ?? Response.error();
  }
};
const classPage = async (): Promise<Response | undefined> => caches.match(classPages.getCacheKeyForURL('/quan-ly') ?? '/quan-ly', { cacheName: CLASS_PAGES });
registerRoute(({ request, url }) => request.mode === 'navigate' && url.pathname.startsWith('/quan-ly'), ({ request }) => newest(request, classPage));
registerRoute(({ request, url }) => request.mode === 'navigate' && url.pathname.endsWith('.pdf'), ({ request }) => newest(request, () => caches.match(request.url, { cacheName: PAPERS })));

self.addEventListener('message', (e) => {
  // A new version waits until the person says so: it never takes over in the middle of something.
  if (e.data === 'take-over') void self.skipWaiting();
  if (e.data === 'keep-class-pages') e.waitUntil(classPages.install(asInstall(e)).then(() => e.ports[0]?.postMessage('kept'), () => e.ports[0]?.postMessage('failed')));
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
