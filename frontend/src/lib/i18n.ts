import { useSyncExternalStore } from 'react';

export type Language = 'vi' | 'en';
type Words = Record<string, string>;
type Loader = () => Promise<{ default: Words }>;

const KEPT = 'lantoa.language';
let language: Language = readKept();
let words: Words = {};
let vietnamese: Words = {};
let english: Loader[] = [];
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
let version = 0;

function readKept(): Language {
  try {
    return localStorage.getItem(KEPT) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

/** Vietnamese is there from the start; English is fetched when somebody chooses it. */
export async function startWords(vi: Words, en: Loader[]): Promise<void> {
  vietnamese = vi;
  words = vi;
  english = en;
  if (language === 'en') await setLanguage('en');
}

/** Words of a page that has a file of its own; there before the page is drawn. */
export function addWords(vi: Words, en: Loader): void {
  vietnamese = { ...vietnamese, ...vi };
  english.push(en);
  words = language === 'en' ? { ...vi, ...words } : vietnamese;
  if (language === 'en') void setLanguage('en');
}

/** Words that nobody needs for the first sight of a page: fetched behind it. */
export async function fetchWords(vi: Loader, en: Loader): Promise<void> {
  addWords((await vi()).default, en);
  version++;
  for (const l of listeners) l();
}

export async function setLanguage(next: Language): Promise<void> {
  words = next === 'en' ? { ...vietnamese, ...Object.assign({}, ...(await Promise.all(english.map(async (l) => (await l()).default)))) } : vietnamese;
  language = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // A browser that keeps nothing still changes the language of this page.
  }
  version++;
  for (const l of listeners) l();
}

export const currentLanguage = (): Language => language;

/** Redraws when the language changes. */
export const useLanguage = (): number => useSyncExternalStore(subscribe, () => version);

/** The words of a key, with `{name}` filled in. An unknown key shows itself, so that it is found. */
export const t = (key: string, params: Record<string, string | number> = {}): string =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

export const has = (key: string): boolean => key in words;
