// npm run lantoa -- VERB: the command line. Everything but the answer goes to standard error.
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root, serve } from './common.mjs';

if (process.argv[2] === 'bench') {
  // Benchmarks start servers of their own and stand beside the program.
  process.argv.splice(2, 1);
  await import('../../bench/run.mjs');
} else {
  ensureInstalled({ quiet: true });
  ensureBuilt({ quiet: true });
  serve(path.join(root, 'backend/dist/cli.js'), process.argv.slice(2));
}
