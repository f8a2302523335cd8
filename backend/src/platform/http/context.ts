import { AsyncLocalStorage } from 'node:async_hooks';

/** What travels with a request through every call: its id, which logs, audit rows and problems share. */
export const requestContext = new AsyncLocalStorage<{ requestId: string }>();
export const requestId = (): string | null => requestContext.getStore()?.requestId ?? null;
