import { AsyncLocalStorage } from 'node:async_hooks';
import { dayInVietnam, type Day } from '@lantoa/shared/rules/days';

const fixed = new AsyncLocalStorage<{ now: Date }>();

/** The instant it is. Every service asks here and nowhere else, so that the demonstration and tests can live on another day. */
export const now = (): Date => new Date(fixed.getStore()?.now ?? Date.now());

/** The calendar day in Viet Nam. */
export const today = (): Day => dayInVietnam(now());

/** The calendar day in Viet Nam of an instant. */
export const dayOf = (instant: Date): Day => dayInVietnam(instant);

/** Runs `work` as if it were `instant`. */
export const at = <T>(instant: Date, work: () => Promise<T>): Promise<T> => fixed.run({ now: instant }, work);
