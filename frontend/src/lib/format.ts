import { currentLanguage } from './i18n.ts';

const locale = (): string => (currentLanguage() === 'en' ? 'en-GB' : 'vi-VN');
const dayParts = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** `1.234,5` in Vietnamese. */
export const number = (n: number, digits = 0): string => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(n);
/** A share of 0–1 as `46 %`. */
export const percent = (share: number): string => `${number(share * 100)}%`;
/** `12 KB`, `1,3 MB`. */
export const bytes = (n: number): string => (n < 1_000_000 ? `${number(Math.max(1, n / 1000))} KB` : `${number(n / 1_000_000, 1)} MB`);
/** `27/11/2026` */
export const day = (d: string): string => new Intl.DateTimeFormat(locale(), { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(dayParts(d));
/** `thứ Sáu 27/11/2026` */
export const weekday = (d: string): string => `${new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(dayParts(d))} ${day(d)}`;
/** `09:42 23/11` in Viet Nam. */
export const moment = (instant: string): string => {
  const at = new Date(instant);
  const part = (o: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', ...o }).format(at);
  return `${part({ hour: '2-digit', minute: '2-digit' })} ${part({ day: '2-digit', month: '2-digit' })}`;
};
/** `01/12–02/12/2026`, or one day. */
export const span = (from: string, until: string): string => (from === until ? day(from) : `${day(from).slice(0, 5)}–${day(until)}`);
/** The day it is in Viet Nam. */
export const todayHere = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
