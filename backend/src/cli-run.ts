import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, exitCodes, readConfig, Stop } from '#platform/config';
import { migrate, startEmbeddedPostgres } from '#platform/db';
import { addressOf, Problem, PublicUrl } from '#platform/http';
import { migrateJobs } from '#platform/jobs';
import * as clock from '#platform/clock';
import { UnitsService } from '#modules/organisation';
import { readRosterFile } from '#modules/training';
import { createApp } from './app.ts';
import { databaseOptions } from './app.module.ts';
import { backupVerbs } from './cli-backup.ts';
import { cascadeVerbs } from './cli-cascade.ts';
import { keyVerbs } from './cli-keys.ts';
import { learningVerbs } from './cli-learning.ts';
import { privacyVerbs } from './cli-privacy.ts';
import { registerVerbs } from './cli-register.ts';
import { reportVerbs } from './cli-reports.ts';
import { unitVerbs } from './cli-units.ts';
import { dayOf, type Verb } from './cli-verb.ts';
import { loadContent } from './content.ts';
import { SystemController } from './system.controller.ts';

const VERBS: Record<string, Verb> = {
  health: {
    usage: 'health', about: 'Is the database there, and how many jobs wait?', needsDatabase: true,
    async run(app) {
      const value = await app.get(SystemController).getHealth();
      return { value, failed: value.status !== 'ok' };
    },
  },
  'units show': {
    usage: 'units show [--as-of DAY]', about: 'How many units of each kind there were on a day.', needsDatabase: true,
    async run(app, options) {
      return { value: { asOf: dayOf(options), counts: await app.get(UnitsService).counts(dayOf(options)) } };
    },
  },
  'roster read': {
    usage: 'roster read FILE', about: 'What the reader understood of a roster; writes nothing.', needsDatabase: false,
    async run(_app, _options, [file]) {
      if (!file) throw new Stop('bad-setting', 'roster read needs the path of a file.');
      const bytes = await readFile(file).catch(() => { throw new Stop('bad-setting', `The file ${file} cannot be read.`); });
      const { sheets, rows, ignored, withoutHeader } = await readRosterFile(bytes, { year: Number(clock.today().slice(0, 4)) });
      const problems = [
        ...sheets.flatMap((s) => (s.said !== null && s.said !== s.rows ? [{ code: 'total-differs', sheet: s.sheet, said: s.said, read: s.rows }] : [])),
        ...withoutHeader.map((sheet) => ({ code: 'sheet-without-header', sheet })),
        ...rows.flatMap((r) => r.problems.map((code) => ({ code, sheet: r.sheet, row: r.row }))),
      ];
      return { value: { sheet: sheets[0]?.sheet, columns: sheets[0]?.columns, sheets, rows: rows.map(({ phoneTyped: _typed, ...r }) => r), ignored, problems } };
    },
  },
  ...backupVerbs,
  ...keyVerbs,
  ...privacyVerbs,
  ...registerVerbs,
  ...unitVerbs,
  ...cascadeVerbs,
  ...reportVerbs,
  ...learningVerbs,
};

const help = (verb?: string): string =>
  verb && VERBS[verb] ? `${VERBS[verb].usage}\n  ${VERBS[verb].about}` : `npm run lantoa --silent -- VERB [--data DIR] [--json]\n\n${Object.values(VERBS).map((v) => `${v.usage}\n  ${v.about}`).join('\n')}\nbench NAME …\n  Measures; npm run lantoa -- bench --help lists the names.\n\nEvery verb takes --json (one JSON value and nothing else), --data DIR and --help. Exit codes: 0 good, ${Object.entries(exitCodes).map(([k, v]) => `${v} ${k}`).join(', ')}.`;

/** Where a verb runs: the settings it sees (the environment's, if none are given), and where it says what. */
export interface Around { env?: NodeJS.ProcessEnv; out: (text: string) => void; err: (text: string) => void }

async function withApplication(env: NodeJS.ProcessEnv | undefined, data: string | undefined, verb: Verb, work: (app: INestApplicationContext, config: Config) => Promise<void>): Promise<void> {
  const config = { ...readConfig(data ? ['--data', data] : [], env), logTo: 'none' as const };
  if (!verb.needsDatabase) return work(undefined as never, config);
  const postgres = config.databaseUrl ? null : await startEmbeddedPostgres({ home: `${config.dataDir}/postgres` });
  const url = config.databaseUrl ?? (postgres?.url as string);
  let app: INestApplicationContext | undefined;
  try {
    // A server that runs has migrated and loaded already.
    if (!postgres?.reused) {
      await migrate(databaseOptions(url));
      await migrateJobs(url);
    }
    app = await (await createApp(config, url, { web: false })).init();
    app.get(PublicUrl).value = config.publicUrl ?? addressOf(config.host, config.port);
    if (!postgres?.reused) await loadContent(app, config);
    await work(app, config);
  } finally {
    await app?.close();
    await postgres?.stop();
  }
}

const OPTIONS = { json: { type: 'boolean' }, help: { type: 'boolean' }, data: { type: 'string' }, 'as-of': { type: 'string' }, programme: { type: 'string' }, course: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' }, content: { type: 'string' }, 'dry-run': { type: 'boolean' }, map: { type: 'string' }, person: { type: 'string' }, 'class-days': { type: 'string' }, kind: { type: 'string' }, unit: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, chain: { type: 'boolean' }, year: { type: 'string' }, key: { type: 'string' }, by: { type: 'string' } } as const;

async function perform(argv: string[], { env, out }: Around): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: OPTIONS });
  const name = Object.keys(VERBS).find((v) => v === positionals.slice(0, v.split(' ').length).join(' '));
  const verb = name ? VERBS[name] : undefined;
  if (values.help || !verb || !name) {
    out(`${values.help && values.json ? JSON.stringify({ verbs: Object.values(VERBS).map((v) => ({ usage: v.usage, about: v.about })) }) : help(name)}\n`);
    return values.help || positionals.length === 0 ? 0 : exitCodes['bad-setting'];
  }
  let failed = false;
  await withApplication(env, values.data, verb, async (app, config) => {
    const result = await verb.run(app, values, positionals.slice(name.split(' ').length), config);
    failed = result.failed ?? false;
    out(typeof result.value === 'string' && !values.json ? result.value : `${JSON.stringify(result.value, null, values.json ? undefined : 2)}\n`);
  });
  return failed ? exitCodes['check-failed'] : 0;
}

/** Carries out one verb. @returns the exit code; what went wrong is one sentence on `err` */
export async function runCli(argv: string[], around: Around): Promise<number> {
  try {
    return await perform(argv, around);
  } catch (e) {
    around.err(`${e instanceof Problem ? `${e.code}${e.params ? ` ${JSON.stringify(e.params)}` : ''}` : e instanceof Error ? e.message : String(e)}\n`);
    return e instanceof Stop ? e.exitCode : e instanceof Problem ? exitCodes['check-failed'] : (e as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ? exitCodes['bad-setting'] : 1;
  }
}
