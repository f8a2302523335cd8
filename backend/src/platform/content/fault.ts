import { Stop } from '#platform/config';

/** Something in a content file that a person has to mend: where, what kind, and a sentence. */
export interface Fault { file: string; line: number; code: string; message: string }

/** Ends the program with the first faults in words; does nothing without any. */
export function stopOn(faults: readonly Fault[]): void {
  if (!faults.length) return;
  const said = faults.slice(0, 5).map((f) => `${f.file}:${f.line} ${f.message}`).join(' ');
  throw new Stop('bad-content', faults.length > 5 ? `${said} And ${faults.length - 5} more: npm run lantoa -- content check` : said);
}
