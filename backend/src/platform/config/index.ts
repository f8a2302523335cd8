import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stop } from './stop.ts';

export { exitCodes, Stop } from './stop.ts';

/** Everything that can be set from outside, read once and validated. Nothing else reads `process.env`. */
export interface Config {
  port: number;
  host: string;
  /** Folder of the embedded database, the files and the logs. */
  dataDir: string;
  /** A PostgreSQL server of one's own; `null` starts the embedded one. */
  databaseUrl: string | null;
  /** The same server without a pooler between: for what needs a connection of its own (LISTEN, jobs, changes of tables). `null`: `databaseUrl` is that. */
  databaseDirectUrl: string | null;
  /** A copy of the server that only follows: reads that may be some moments old go there. `null`: the one server does everything. */
  databaseReplicaUrl: string | null;
  databasePool: number;
  /** Address that people type and that stands in QR codes; `null` means the address the server listens on. */
  publicUrl: string | null;
  demo: boolean;
  /** A laptop that holds a class where there is no internet: it begins empty and takes its content from the main server. */
  hub: boolean;
  logTo: 'file' | 'stdout' | 'none';
  logLevel: string;
  /** Is the cookie sent over https only? */
  secureCookies: boolean;
  files: { kind: 'folder' } | { kind: 's3'; endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string; region: string };
  contentDir: string;
  webDir: string;
  /** Which standard printed files keep: accessible (`ua-1`) or for archives (`a-2a`). */
  pdfStandard: 'ua-1' | 'a-2a';
  /** The operator's key (PKCS #12) that signs certificates as PDF (PAdES); `null` signs none. */
  pdfSigning: { file: string; passphrase: string } | null;
  /** The operator's mail server and the address that letters come from; `null` sends none. */
  mail: { smtpUrl: string; from: string } | null;
  /** Protects the keys that sign credentials; `null` takes the one that is made once in the data folder. Servers of one database must have the same. */
  secretKey: string | null;
  /** Whose word is taken for where a request comes from: addresses or nets of proxies, separated by commas, or `loopback`, `uniquelocal`. */
  trustProxy: string;
  /** Processes that answer requests; 1: this one does everything. */
  workers: number;
  /** An OpenTelemetry collector (OTLP over HTTP) that traces are sent to; `null` sends none. */
  telemetryUrl: string | null;
  /** Must everybody with a staff role sign in with a second step? */
  requireSecondStep: boolean;
  /** Where copies of everything are laid down, and for which age keys (`age1…`) beside the one of the data folder they are encrypted. */
  backups: { folder: string; recipients: string[] };
}

/** Version of this program. */
export const VERSION = '0.1.0';

/** Where programs are looked for; passed on to the children that we start with an otherwise empty environment. */
export const programPath = process.env.PATH;

/** Injection token of the settings. */
export const CONFIG = Symbol('config');

const ROOT = path.resolve(import.meta.dirname, '../../../..');
/** More than this only helps where the database has as many cores of its own. */
const WORKERS_AT_MOST = 4;
const LEVELS = ['debug', 'info', 'warn', 'error'];

function bad(name: string, value: string, expected: string): never {
  throw new Stop('bad-setting', `${name} is "${value}"; it must be ${expected}.`);
}

function portOf(name: string, value: string): number {
  const port = Number(value);
  return /^\d+$/.test(value) && port <= 65_535 ? port : bad(name, value, 'a whole number from 0 to 65535');
}

function urlOf(name: string, value: string, protocols: string[]): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url && protocols.includes(url.protocol) ? value : bad(name, /^(DATABASE_|SMTP_)/.test(name) ? '(hidden)' : value, `an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
}

function postgresOf(name: string, value: string | undefined): string | null {
  return value ? urlOf(name, value, ['postgres:', 'postgresql:']) : null;
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  return allowed.find((a) => a === value) ?? bad(name, value, `one of ${allowed.join(', ')}`);
}

function filesOf(env: NodeJS.ProcessEnv): Config['files'] {
  if (!env.S3_ENDPOINT) return { kind: 'folder' };
  const need = (name: string) => env[name] || bad(name, '', 'set when S3_ENDPOINT is set');
  return { kind: 's3', endpoint: urlOf('S3_ENDPOINT', env.S3_ENDPOINT, ['http:', 'https:']), bucket: need('S3_BUCKET'), accessKeyId: need('S3_ACCESS_KEY_ID'), secretAccessKey: need('S3_SECRET_ACCESS_KEY'), region: env.S3_REGION || 'auto' };
}

function mailOf(env: NodeJS.ProcessEnv): Config['mail'] {
  if (!env.SMTP_URL) return null;
  return { smtpUrl: urlOf('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']), from: env.MAIL_FROM || bad('MAIL_FROM', '', 'set when SMTP_URL is set: Lan Toả <lan-toa@example.org>') };
}

function secretOf(value: string): string {
  return value.length >= 32 ? value : bad('SECRET_KEY', '(hidden)', 'at least 32 characters');
}

function recipientsOf(value: string): string[] {
  const keys = value.split(/[\s,]+/).filter(Boolean);
  return keys.every((k) => /^age1[a-z0-9]{50,}$/.test(k)) ? keys : bad('BACKUP_RECIPIENTS', value, 'public age keys (age1…), separated by commas');
}

function workersOf(value: string | undefined, alone: boolean): number {
  if (value === undefined || value === '') return alone ? 1 : Math.min(os.availableParallelism(), WORKERS_AT_MOST);
  return /^([1-9]|[1-5]\d|6[0-4])$/.test(value) ? Number(value) : bad('--workers', value, 'a whole number from 1 to 64');
}

const OPTIONS = { port: { type: 'string' }, workers: { type: 'string' }, data: { type: 'string' }, demo: { type: 'boolean' }, hub: { type: 'boolean' } } as const;

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: false }).values;
  } catch (e) {
    throw new Stop('bad-setting', `${(e as Error).message} The options are --port NUMBER, --data FOLDER, --workers NUMBER, --demo and --hub.`);
  }
}

/** The settings from the command line and the environment; throws `Stop('bad-setting')` with one sentence for the first bad value. */
export function readConfig(argv: string[] = [], env: NodeJS.ProcessEnv = process.env): Config {
  const options = parse(argv);
  const port = options.port !== undefined ? portOf('--port', options.port) : portOf('PORT', env.PORT || '3000');
  const publicUrl = env.PUBLIC_URL ? urlOf('PUBLIC_URL', env.PUBLIC_URL, ['http:', 'https:']).replace(/\/$/, '') : null;
  return {
    port,
    // A hall reaches a laptop by its address in the local network.
    host: env.HOST || (options.hub ? '0.0.0.0' : '127.0.0.1'),
    dataDir: path.resolve(options.data ?? (env.DATA_DIR || path.join(ROOT, 'data'))),
    databaseUrl: postgresOf('DATABASE_URL', env.DATABASE_URL),
    databaseDirectUrl: postgresOf('DATABASE_DIRECT_URL', env.DATABASE_DIRECT_URL),
    databaseReplicaUrl: postgresOf('DATABASE_REPLICA_URL', env.DATABASE_REPLICA_URL),
    databasePool: /^[1-9]\d{0,2}$/.test(env.DATABASE_POOL || '10') ? Number(env.DATABASE_POOL || '10') : bad('DATABASE_POOL', env.DATABASE_POOL ?? '', 'a whole number from 1 to 999'),
    publicUrl,
    demo: options.demo ?? false,
    hub: options.hub ?? false,
    logTo: oneOf('LOG_TO', env.LOG_TO || 'file', ['file', 'stdout', 'none']),
    logLevel: oneOf('LOG_LEVEL', env.LOG_LEVEL || 'info', LEVELS),
    secureCookies: publicUrl?.startsWith('https:') ?? false,
    files: filesOf(env),
    contentDir: path.join(ROOT, 'content'),
    webDir: path.join(ROOT, 'frontend/dist'),
    pdfStandard: oneOf('PDF_STANDARD', env.PDF_STANDARD || 'ua-1', ['ua-1', 'a-2a']),
    pdfSigning: env.PDF_SIGNING_P12 ? { file: env.PDF_SIGNING_P12, passphrase: env.PDF_SIGNING_PASSPHRASE ?? '' } : null,
    mail: mailOf(env),
    secretKey: env.SECRET_KEY ? secretOf(env.SECRET_KEY) : null,
    trustProxy: env.TRUST_PROXY || 'loopback',
    workers: workersOf(options.workers ?? env.WORKERS, (options.demo ?? false) || (options.hub ?? false)),
    telemetryUrl: env.OTEL_EXPORTER_OTLP_ENDPOINT ? urlOf('OTEL_EXPORTER_OTLP_ENDPOINT', env.OTEL_EXPORTER_OTLP_ENDPOINT, ['http:', 'https:']).replace(/\/$/, '') : null,
    requireSecondStep: oneOf('SECOND_STEP', env.SECOND_STEP || 'offered', ['offered', 'required']) === 'required',
    backups: { folder: path.resolve(env.BACKUP_DIR || path.join(options.data ?? (env.DATA_DIR || path.join(ROOT, 'data')), 'backups')), recipients: recipientsOf(env.BACKUP_RECIPIENTS ?? '') },
  };
}
