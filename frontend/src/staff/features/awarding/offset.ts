const KEY = 'lantoa-printer-offset';
export interface Offset { dx: number; dy: number }
/** How far this device's printer is off, in mm. */
export const keptOffset = (): Offset => ({ dx: 0, dy: 0, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Offset>) });
export const keepOffset = (o: Offset): void => localStorage.setItem(KEY, JSON.stringify(o));
