// Built-ins only: this runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Runs a command to its end; ends this program with its exit code when it fails. `quiet` sends its output to standard error. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: quiet ? ['ignore', process.stderr.fd, process.stderr.fd] : 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  if (done.status !== 0) {
    console.error(`\n✗ ${[path.basename(command), ...args].join(' ')} failed (${done.status ?? done.signal ?? done.error})`);
    process.exit(done.status || 1);
  }
}

export const node = (script, args = [], o) => run(process.execPath, [script, ...args], o);
export const bin = (pkg, file, args = [], o) => node(path.join(root, 'node_modules', pkg, file), args, o);

const hashOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const readMark = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');

/** npm install, only when the lock file is another than last time. */
export function ensureInstalled({ quiet = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: 20.19 or newer is needed.`);
    process.exit(1);
  }
  const lock = hashOf(fs.readFileSync(path.join(root, 'package-lock.json')));
  const mark = path.join(root, 'node_modules', '.installed-from');
  if (readMark(mark) === lock) return;
  (quiet ? console.error : console.log)('Installing packages…');
  // install and not ci: a lock file written where other platforms' optional binaries could not be read makes ci refuse.
  const args = ['install', '--no-save', '--include=dev', '--loglevel=error'];
  // npm's own npm_* variables of the outer call must not leak into the inner one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([k]) => !/^npm_/i.test(k)));
  const npm = process.env.npm_execpath;
  const stdio = quiet ? ['ignore', process.stderr.fd, process.stderr.fd] : 'inherit';
  const done = npm ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio, env }) : spawnSync('npm', args, { cwd: root, stdio, env });
  if (done.status !== 0) process.exit(done.status || 1);
  fs.writeFileSync(mark, lock);
}

function* filesBelow(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (['node_modules', 'dist', 'dist-test'].includes(entry.name)) continue;
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(at);
    else yield at;
  }
}

/** Builds server and web, only when a source file is newer than the last build. */
export function ensureBuilt({ quiet = false } = {}) {
  const sources = ['shared', 'backend', 'frontend'].flatMap((d) => [...filesBelow(path.join(root, d))]).sort();
  const state = hashOf(...sources.map((f) => `${f} ${fs.statSync(f).mtimeMs} ${fs.statSync(f).size}`), readMark(path.join(root, 'node_modules/.installed-from')));
  const mark = path.join(root, 'backend/dist/.built-from');
  if (readMark(mark) === state && fs.existsSync(path.join(root, 'frontend/dist/hoc.html'))) return;
  (quiet ? console.error : console.log)('Building…');
  bin('typescript', 'bin/tsc', ['-b', 'shared', 'backend'], { quiet });
  bin('vite', 'bin/vite.js', ['build', '--logLevel', 'warn', '-c', 'frontend/vite.config.mjs'], { quiet });
  node(path.join(root, 'frontend/scripts/compress.mjs'), [], { quiet });
  fs.writeFileSync(mark, state);
}

/** Runs the server as a child that ends with us; our exit code is its exit code. */
export function serve(script, args) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
