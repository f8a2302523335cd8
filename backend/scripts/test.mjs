// npm test: install what is missing, then types, lint, the rules of the house, and every test (rules, database, browser).
// npm test -- NAME runs the tests whose path has NAME in it.
import path from 'node:path';
import { bin, ensureBuilt, ensureInstalled, root } from './common.mjs';

ensureInstalled();
// A failure before jest begins still closes with the line that scripts look for.
process.on('exit', (code) => { if (code && !process.exitCode) console.log('\n0 passed, 1 failed'); });
ensureBuilt();
const names = process.argv.slice(2);
if (!names.length) {
  bin('typescript', 'bin/tsc', ['-p', 'backend/tsconfig.test.json']);
  bin('typescript', 'bin/tsc', ['-p', 'frontend/tsconfig.json']);
  bin('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings']);
  bin('dependency-cruiser', 'bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.cjs', 'shared/src', 'backend/src', 'frontend/src']);
}
process.removeAllListeners('exit');
bin('jest', 'bin/jest.js', ['--config', path.join(root, 'jest.config.mjs'), ...names]);
