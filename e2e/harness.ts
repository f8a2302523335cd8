import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import pg from 'pg';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { freshDatabase } from '../backend/test/app.ts';

const ROOT = path.resolve(__dirname, '..');
export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

export interface Running { url: string; database: string; ownerLink: string; browser: Browser; sql: <T>(text: string, params?: unknown[]) => Promise<T[]>; close: () => Promise<void>;
  /** Kills the server as a power cut would, and starts it again on the same port and data. Resolves when it is ready. */
  crash: () => Promise<void> }

/** The built program on a fresh database, and a browser where one is needed. Whatever fails, both are stopped. */
export async function launch(o: { browser: boolean } = { browser: true }): Promise<Running> {
  const database = await freshDatabase();
  const data = path.join(os.tmpdir(), `lantoa-e2e-${randomUUID()}`);
  const start = (port: string): ChildProcess => spawn(process.execPath, [path.join(ROOT, 'backend/dist/main.js'), '--port', port, '--data', data], { env: { ...process.env, DATABASE_URL: database, LOG_TO: 'none', WORKERS: '1' }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const endOf = (child: ChildProcess) => new Promise((done) => (child.exitCode !== null || child.signalCode !== null ? done(null) : child.once('exit', done)));
  let server = start('0');
  const pool = new pg.Pool({ connectionString: database, max: 2 });
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    server.kill('SIGTERM');
    await endOf(server);
    await pool.end();
  };
  try {
    const { url, ownerLink } = await ready(server);
    const { launchOptions } = await import('./browser.mjs');
    if (o.browser) browser = await chromium.launch(launchOptions() as never);
    const crash = async () => {
      server.removeAllListeners('exit');
      server.kill('SIGKILL');
      await endOf(server);
      server = start(new URL(url).port);
      await ready(server, false);
    };
    return { url, database, ownerLink, browser: browser as Browser, close, crash, sql: async (text, params = []) => (await pool.query(text, params)).rows };
  } catch (e) {
    await close();
    throw e;
  }
}

/** What the program says when it is ready: its address and the owner's link. */
function ready(server: ChildProcess, first = true): Promise<{ url: string; ownerLink: string }> {
  return new Promise((done, fail) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const url = /is ready after .*: (http\S+)/.exec(said)?.[1];
      const ownerLink = /become the owner: (http\S+)/.exec(said)?.[1];
      if (url && (ownerLink || !first)) done({ url, ownerLink: ownerLink ?? '' });
    });
    server.once('exit', (code) => fail(new Error(`the server ended with ${code}: ${said}`)));
  });
}

/** A window of its own, in Vietnamese. */
export async function open(browser: Browser, viewport: { width: number; height: number }): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport, locale: 'vi-VN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { context, page };
}

/** Serious and critical faults that axe finds on the page, and whether it scrolls sideways. */
export async function faults(page: Page): Promise<string[]> {
  // No frames here, and only faults are asked for: half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  const serious = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return sideways > 0 ? [...serious, `scrolls sideways by ${sideways} px`] : serious;
}
