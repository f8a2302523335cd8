// npm run bench: all benchmarks but the country; npm run bench -- PART … runs some. Installs and builds first, so that nothing is imported before it is there.
import { ensureBuilt, ensureInstalled } from '../backend/scripts/common.mjs';

ensureInstalled({ quiet: true });
ensureBuilt({ quiet: true });
await import('./figures.mjs');
