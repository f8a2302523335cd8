// One throw-away PostgreSQL for the whole run and one template database with tables and content; each test file copies it.
// Runs natively on the build in dist, not in jest's module system.
import { chmodSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { unpackBrowser } from '../../e2e/browser.mjs';

export default async function () {
  if (process.env.TEST_TEMPLATE) return; // another jest project has done it
  await unpackBrowser();
  const { migrate, startEmbeddedPostgres } = await import('../dist/platform/db/index.js');
  const { migrateJobs } = await import('../dist/platform/jobs/index.js');
  const { readConfig } = await import('../dist/platform/config/index.js');
  const { databaseOptions } = await import('../dist/app.module.js');
  const { createApp } = await import('../dist/app.js');
  const { loadContent } = await import('../dist/content.js');
  let url = process.env.TEST_DATABASE_URL; // a real server may be given: it needs CREATEDB
  if (!url) {
    const home = mkdtempSync(path.join(os.tmpdir(), 'lantoa-test-'));
    chmodSync(home, 0o755); // mkdtemp makes it private; as root the server runs as another user
    globalThis.__POSTGRES__ = await startEmbeddedPostgres({ home, fast: true });
    url = globalThis.__POSTGRES__.url;
  }
  const admin = new pg.Client(url);
  await admin.connect();
  const template = `template_${process.pid}`;
  await admin.query(`create database ${template}`);
  await admin.end();
  const templateUrl = Object.assign(new URL(url), { pathname: `/${template}` }).href;
  await migrate(databaseOptions(templateUrl));
  await migrateJobs(templateUrl);
  const config = { ...readConfig(['--data', mkdtempSync(path.join(os.tmpdir(), 'lantoa-test-files-'))]), logTo: 'none' };
  const app = await createApp(config, templateUrl, { web: false });
  await app.init();
  await loadContent(app, config);
  await app.close();
  Object.assign(process.env, { TEST_ADMIN_URL: url, TEST_TEMPLATE: template });
}
