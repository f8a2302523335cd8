// npm test: install what is missing, then types, lint, the rules of the house, and every test (rules, database, browser).
// npm test -- NAME runs the tests whose path has NAME in it. The last line is always `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bin, ensureBuilt, ensureInstalled, root } from './common.mjs';

const closing = path.join(root, 'node_modules/.cache/closing-line');
// What fails before jest begins counts as one.
process.on('exit', () => console.log(`\n${fs.existsSync(closing) ? fs.readFileSync(closing, 'utf8') : '0 passed, 1 failed'}`));

fs.rmSync(closing, { force: true });
ensureInstalled();
ensureBuilt();
const long = process.argv[2] === '--long';
const names = process.argv.slice(long ? 3 : 2);
if (!names.length && !long) {
  bin('typescript', 'bin/tsc', ['-p', 'backend/tsconfig.test.json']);
  bin('typescript', 'bin/tsc', ['-p', 'frontend/tsconfig.json']);
  bin('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings']);
  bin('dependency-cruiser', 'bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'shared/src', 'backend/src', 'frontend/src']);
}
const jest = spawnSync(process.execPath, [path.join(root, 'node_modules/jest/bin/jest.js'), '--config', path.join(root, long ? 'jest.long.config.mjs' : 'jest.config.mjs'), ...names], { cwd: root, stdio: 'inherit' });
process.exit(jest.status ?? 1);
