const BROWSERS: [RegExp, string][] = [[/coc_coc|coccoc/i, 'Cốc Cốc'], [/Edg/, 'Edge'], [/SamsungBrowser/, 'Samsung Internet'], [/OPR|Opera/, 'Opera'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari']];
const SYSTEMS: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

/** What a browser says of itself, as people know it: which browser on which system. No more is kept: the rest would tell phones apart. */
export function deviceLabel(userAgent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([sign]) => sign.test(userAgent))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(' · ') || '?';
}
