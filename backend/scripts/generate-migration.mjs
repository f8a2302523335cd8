// npm run migration:generate: prints the statements that would bring a freshly migrated database to the entities.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const { migrate, startEmbeddedPostgres } = await import('../dist/platform/db/index.js');
const { databaseOptions } = await import('../dist/app.module.js');
const { schemaDrift } = await import('../dist/schema.js');
const home = mkdtempSync(path.join(os.tmpdir(), 'lantoa-migration-'));
chmodSync(home, 0o755);
const pg = await startEmbeddedPostgres({ home, fast: true });
try {
  await migrate(databaseOptions(pg.url));
  for (const statement of await schemaDrift(pg.url)) console.log(`${statement};`);
} finally {
  await pg.stop();
  rmSync(home, { recursive: true, force: true });
}
