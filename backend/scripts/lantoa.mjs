// npm run lantoa -- VERB: the command line. Everything but the answer goes to standard error.
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root, serve } from './common.mjs';

ensureInstalled({ quiet: true });
ensureBuilt({ quiet: true });
serve(path.join(root, 'backend/dist/cli.js'), process.argv.slice(2));
