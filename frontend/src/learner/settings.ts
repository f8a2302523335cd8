const KEPT = 'lantoa.reading';
export interface Reading { text: '1' | '1.15' | '1.3'; contrast: boolean }

/** How this phone's reader likes to read. */
export function reading(): Reading {
  try {
    return { text: '1', contrast: false, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') };
  } catch {
    return { text: '1', contrast: false };
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
