import { addDays, type Day, daysBetween } from './days.ts';
import { CALL_AFTER_DAYS } from './refreshers.ts';

export const reminderStages = ['due', 'late'] as const;
export type ReminderStage = (typeof reminderStages)[number];
/** In the order in which they are tried: the page of the app itself, a push to the phone, a text message, a letter. */
export const reminderChannels = ['in-app', 'push', 'gateway', 'email'] as const;
export type ReminderChannel = (typeof reminderChannels)[number];
/** Those that reach somebody outside the app: `in-app` only stands on the page. */
export const OUTSIDE: readonly ReminderChannel[] = ['push', 'gateway', 'email'];

const [WAKES, SLEEPS] = [7, 19];
const WEEK_DAYS = 7;
/** So long after a refresher was due nobody is reminded of it any more. */
const FORGET_DAYS = 21;

/** Is it a time at which people may be disturbed, 7:00–19:00 in Viet Nam? */
export function mayDisturb(at: Date): boolean {
  const hour = new Date(at.getTime() + 7 * 3_600_000).getUTCHours();
  return hour >= WAKES && hour < SLEEPS;
}

/** At which stage a refresher is that was due on a day: on its day, or late; `null` before, and when it is too old. */
export function stageOf(dueOn: Day, today: Day): ReminderStage | null {
  if (today < dueOn || daysBetween(dueOn, today) > FORGET_DAYS) return null;
  return today > addDays(dueOn, CALL_AFTER_DAYS - 1) ? 'late' : 'due';
}

/** May somebody who was last reminded on a day be reminded again? At most once a week, whatever for. */
export const mayRemind = (lastOn: Day | null, today: Day): boolean => lastOn === null || daysBetween(lastOn, today) >= WEEK_DAYS;

/** The channel of the next reminder: the first that can reach the person and was not used for this refresher; `null` where none is left. */
export const nextChannel = (reaches: readonly ReminderChannel[], used: readonly ReminderChannel[]): ReminderChannel | null => OUTSIDE.find((c) => reaches.includes(c) && !used.includes(c)) ?? null;

/** The text of a template with `{n}`, `{title}`, `{day}` and `{link}` filled in. */
export const fillIn = (text: string, words: Readonly<Record<string, string | number>>): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));

/** How a text goes out as SMS: the 7-bit alphabet of GSM 03.38 carries 160 characters, or 153 in each of several parts; anything else, as Vietnamese letters with marks, 70, or 67. */
export function smsParts(text: string): { characters: number; parts: number; plain: boolean } {
  const plain = /^[\n\r A-Za-z0-9@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/.test(text);
  const characters = [...text].length;
  const [one, each] = plain ? [160, 153] : [70, 67];
  return { characters, parts: characters <= one ? 1 : Math.ceil(characters / each), plain };
}
