import type { INestApplicationContext } from '@nestjs/common';
import * as clock from '#platform/clock';
import { type Config, Stop } from '#platform/config';

/** What may stand behind a verb. */
export interface Options { json?: boolean | undefined; 'as-of'?: string | undefined; programme?: string | undefined; course?: string | undefined; format?: string | undefined; out?: string | undefined; content?: string | undefined; 'dry-run'?: boolean | undefined; map?: string | undefined; person?: string | undefined; 'class-days'?: string | undefined; kind?: string | undefined; unit?: string | undefined; from?: string | undefined; to?: string | undefined; chain?: boolean | undefined; year?: string | undefined; key?: string | undefined; by?: string | undefined }
/** A verb of the command line: its answer is one value, printed as JSON or as text. `needsDatabase`: it works with the application on a database of this program's version. */
export interface Verb { usage: string; about: string; needsDatabase: boolean; run(app: INestApplicationContext, options: Options, words: string[], config: Config): Promise<{ value: object | string; failed?: boolean }> }

/** The day that was asked for, or today. */
export const dayOf = (options: Options): string => {
  const given = options['as-of'] ?? clock.today();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(Date.parse(given))) throw new Stop('bad-setting', `--as-of is "${given}"; it must be a day like 2022-12-31.`);
  return given;
};
