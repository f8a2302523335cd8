// Native Node, not jest's module system: @sparticuz/chromium is ESM-only.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CACHE = path.resolve(import.meta.dirname, '../node_modules/.cache/chromium-153.0.0');

/** Chromium from an npm package: no download of its own, no system libraries, any user. `CHROMIUM_PATH` overrides. Sets the environment that `launchOptions` reads. */
export async function unpackBrowser() {
  if (process.env.CHROMIUM_PATH) return;
  if (!existsSync(CACHE)) {
    const part = `${CACHE}.${process.pid}`;
    mkdirSync(part, { recursive: true });
    // The package unpacks into the temporary folder, and its own libnss3 only when it believes it runs on Lambda.
    const before = { ...process.env };
    Object.assign(process.env, { TMPDIR: part, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
    const { default: pack } = await import('@sparticuz/chromium');
    pack.setGraphicsMode = false;
    await pack.executablePath();
    for (const k of Object.keys(process.env)) if (!(k in before)) delete process.env[k];
    Object.assign(process.env, before);
    // Its fonts.conf names another folder; without any font a page with text ends the browser.
    writeFileSync(path.join(part, 'fonts/fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${CACHE}/fonts/fonts</dir><cachedir>${CACHE}/fonts/cache</cachedir></fontconfig>`);
    try {
      renameSync(part, CACHE);
    } catch {
      rmSync(part, { recursive: true, force: true }); // another run was faster
    }
  }
  process.env.CHROMIUM_PATH = path.join(CACHE, 'chromium');
  process.env.CHROMIUM_LIBS = path.join(CACHE, 'al2023/lib');
  process.env.CHROMIUM_FONTS = path.join(CACHE, 'fonts');
}

/** How playwright starts it. */
export const launchOptions = () => ({
  executablePath: process.env.CHROMIUM_PATH, headless: true, timeout: 30_000,
  env: { ...process.env, ...(process.env.CHROMIUM_LIBS && { LD_LIBRARY_PATH: process.env.CHROMIUM_LIBS, FONTCONFIG_PATH: process.env.CHROMIUM_FONTS }) },
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
