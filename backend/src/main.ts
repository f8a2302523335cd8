import cluster from 'node:cluster';
import net from 'node:net';
import os from 'node:os';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditSeals } from '#platform/audit';
import { type Config, readConfig, Stop } from '#platform/config';
import { alone, migrate, startEmbeddedPostgres } from '#platform/db';
import { addressOf, PublicUrl } from '#platform/http';
import { Jobs, migrateJobs } from '#platform/jobs';
import { Metrics } from '#platform/metrics';
import { ActivationService } from '#modules/access';
import { BackupsService } from '#modules/backups';
import { Ledger } from '#modules/cascade';
import { PapersService, StatusListsService } from '#modules/credentials';
import { RemindersService } from '#modules/notifications';
import { PeopleService } from '#modules/people';
import { Retention } from '#modules/privacy';
import { DailyPlan } from '#modules/refreshers';
import { createApp } from './app.ts';
import { databaseOptions } from './app.module.ts';
import { loadContent } from './content.ts';
import { buildDemo } from './demo/demo.ts';
import { Workers } from './workers.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const startedAt = Date.now();

/** Fails before anything is started when somebody else has the port. */
function refuseBusyPort(config: Config): Promise<void> {
  return new Promise((free, busy) => {
    const probe = net.createServer();
    probe.once('error', (e: { code?: string }) =>
      busy(new Stop('port-in-use', e.code === 'EACCES' ? `Port ${config.port} may not be used by this account. Choose another: npm start -- --port 3001` : `Port ${config.port} is in use by another program. Stop it, or choose another port: npm start -- --port ${config.port + 1}`)));
    probe.listen(config.port, config.host, () => probe.close(() => free()));
  });
}

async function run(config: Config): Promise<void> {
  await refuseBusyPort(config);
  const postgres = config.databaseUrl ? null : await startEmbeddedPostgres({ home: `${config.dataDir}/postgres` });
  const url = config.databaseUrl ?? (postgres?.url as string);
  const running: { app?: NestFastifyApplication; workers?: Workers } = {};
  const stop = endWithSignals(async () => {
    await running.workers?.stop();
    await running.app?.close();
    await postgres?.stop();
  });
  try {
    // The first connection says whether the database answers, in words for the operator.
    const direct = config.databaseDirectUrl ?? url;
    await migrate(databaseOptions(direct));
    const { app, signIns } = await alone(direct, 'start', () => prepare(config, url, direct));
    running.app = app;
    await beginDuties(app, config, direct);
    if (config.workers === 1) await app.listen(config.port, config.host);
    else running.workers = new Workers(config.workers, { databaseUrl: url, metrics: () => app.get(Metrics).ofAll() });
    const port = (await running.workers?.start()) ?? (app.getHttpServer().address() as net.AddressInfo).port;
    await welcome(app, config, port, signIns);
  } catch (e) {
    await stop();
    throw e;
  }
}

/** Tables, jobs and content as this program needs them. Of several programs that start at once on one database one does it, and the others find it done. */
async function prepare(config: Config, url: string, direct: string): Promise<{ app: NestFastifyApplication; signIns: string[] }> {
  await migrateJobs(direct);
  const app = await createApp(config, url);
  app.get(PublicUrl).value = config.publicUrl ?? addressOf(config.host, config.port);
  await app.init();
  await app.get(PeopleService).sealOpen();
  // A laptop takes its content from the main server, with the class.
  if (!config.hub) await loadContent(app, config);
  return { app, signIns: config.demo ? await buildDemo(app, say) : [] };
}

/** What is done once, however many processes answer requests: sums, seals, calendars, jobs, and what a crash left unmade. */
async function beginDuties(app: NestFastifyApplication, config: Config, direct: string): Promise<void> {
  await app.get(Ledger).catchUp();
  for (const duty of [app.get(Ledger), app.get(AuditSeals), app.get(Retention)]) duty.start();
  if (!config.hub) for (const daily of [app.get(DailyPlan), app.get(RemindersService)]) daily.start();
  // A laptop hands its classes over, and what is invented needs no copy.
  if (!config.hub && !config.demo) app.get(BackupsService).start();
  await app.get(Jobs).start(direct);
  // Papers and credentials of certificates that are in the book, and bits of the status lists.
  await app.get(PapersService).askMissing(null);
  await app.get(StatusListsService).followAll();
}

/** A process that answers requests and nothing else; the one that began it has made the database ready. */
async function work(config: Config): Promise<void> {
  const app = await createApp(config, config.databaseUrl as string);
  endWithSignals(() => app.close());
  await app.init();
  await app.listen(config.port, config.host);
  app.get(PublicUrl).value = config.publicUrl ?? addressOf(config.host, (app.getHttpServer().address() as net.AddressInfo).port);
}

/** Ends in good order on a signal, or with the parent that started it (npm start, a test). @returns the same, to be called by oneself */
function endWithSignals(close: () => Promise<void>): () => Promise<void> {
  const stop = onlyOnce(async () => {
    process.on('uncaughtException', endUnlessClosing);
    await close();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop().then(() => process.exit(0)));
  process.once('disconnect', () => void stop().then(() => process.exit(0)));
  return stop;
}

/** While we stop, PostgreSQL may close a connection before its owner does (57P01); that is no failure. */
function endUnlessClosing(e: Error & { code?: string }): void {
  if (e.code === '57P01') return;
  process.stderr.write(`${e.stack}\n`);
  process.exit(1);
}

async function welcome(app: NestFastifyApplication, config: Config, port: number, signIns: string[]): Promise<void> {
  const url = app.get(PublicUrl);
  url.value = config.publicUrl ?? addressOf(config.hub ? (localAddress() ?? config.host) : config.host, port);
  process.send?.({ port });
  // All that can fail at the start has been done when it is said to be ready.
  const link = config.hub ? null : await app.get(ActivationService).ownerLink();
  say(`Lan Toả is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${url.value}`);
  if (config.hub) say(`This laptop holds a class. Open ${addressOf('127.0.0.1', port)}/vao/may-lop on it to fetch one, and to hand it over afterwards.`);
  if (link) say(`No owner yet. Open this link once to become the owner: ${link}`);
  for (const line of signIns) say(line);
  say('Ctrl-C stops it.');
}

/** The address of this machine in its local network: what stands on the code that a hall scans. */
function localAddress(): string | undefined {
  return Object.values(os.networkInterfaces()).flatMap((n) => (n ?? []).filter((a) => a.family === 'IPv4' && !a.internal).map((a) => a.address))[0];
}

function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}

try {
  const config = readConfig(process.argv.slice(2));
  await (cluster.isWorker ? work(config) : run(config));
} catch (e) {
  process.stderr.write(`${e instanceof Stop ? e.message : e instanceof Error ? e.stack : String(e)}\n`);
  process.exit(e instanceof Stop ? e.exitCode : 1);
}
