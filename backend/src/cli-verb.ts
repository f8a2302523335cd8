import type { INestApplicationContext } from '@nestjs/common';

/** What may stand behind a verb. */
export interface Options { json?: boolean | undefined; 'as-of'?: string | undefined; programme?: string | undefined; course?: string | undefined; format?: string | undefined; out?: string | undefined; content?: string | undefined; 'dry-run'?: boolean | undefined; map?: string | undefined; person?: string | undefined }
/** A verb of the command line: its answer is one value, printed as JSON or as text. */
export interface Verb { usage: string; about: string; needsDatabase: boolean; run(app: INestApplicationContext, options: Options, words: string[]): Promise<{ value: object | string; failed?: boolean }> }
