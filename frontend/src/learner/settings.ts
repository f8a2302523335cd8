import type { AudioLanguage } from '@lantoa/shared/curriculum';

const KEPT = 'lantoa.reading';
export interface Reading { text: '1' | '1.15' | '1.3'; contrast: boolean; listen: AudioLanguage; speed: number }
const USUAL: Reading = { text: '1', contrast: false, listen: 'vi', speed: 1 };

/** How this phone's reader likes to read and listen. */
export function reading(): Reading {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') };
  } catch {
    return USUAL;
  }
}

export function applySettings(next: Partial<Reading> = {}): Reading {
  const all = { ...reading(), ...next };
  document.documentElement.style.setProperty('--text', all.text);
  document.documentElement.classList.toggle('contrast', all.contrast);
  try {
    localStorage.setItem(KEPT, JSON.stringify(all));
  } catch {
    // Kept for this visit only.
  }
  return all;
}
