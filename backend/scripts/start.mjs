// npm start: install what is missing, build what has changed, run.
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root, serve } from './common.mjs';

ensureInstalled();
ensureBuilt();
serve(path.join(root, 'backend/dist/main.js'), process.argv.slice(2));
