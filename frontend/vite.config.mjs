import { createHash } from 'node:crypto';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** The learner's styles stand in the page itself: on a slow network a second request costs more than the bytes. */
const inlineLearnerStyles = () => ({
  name: 'inline-learner-styles',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle['hoc.html'];
    if (!page) return;
    page.source = String(page.source).replace(/<link rel="stylesheet"[^>]*href="\/(assets\/[^"]+\.css)"[^>]*>/g, (tag, file) => (bundle[file] ? `<style>${bundle[file].source}</style>` : tag));
  },
});

/** What a page needs, at once or later: the files of its chunk and of all that it imports. What it fetches later counts where `later` says so. */
function filesOf(bundle, page, later) {
  const files = new Set();
  const take = (name) => {
    const chunk = bundle[name];
    if (!chunk || files.has(name)) return;
    files.add(name);
    for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? []).filter((f) => later(bundle[f]))]) take(next);
  };
  take(Object.values(bundle).find((c) => c.isEntry && c.name === page)?.fileName);
  return [...files].sort();
}

/** Pages of the staff's app with which a class is held where there is no network, and what those fetch. */
const OF_A_CLASS = /[\\/]src[\\/]staff[\\/]features[\\/](classes|attendance|room)[\\/]|[\\/]locales[\\/]|qr-scanner/;

/** Gives the worker the lists of files. A name with a hash is its own version; a page's is the hash of its text. */
const listFiles = () => ({
  name: 'list-files',
  enforce: 'post',
  generateBundle(_, bundle) {
    const worker = bundle['sw.js'];
    if (!worker || !bundle['hoc.html'] || !bundle['quan-ly.html']) return;
    const page = (name) => ({ url: `/${name}`, revision: createHash('sha256').update(String(bundle[`${name}.html`].source)).digest('hex').slice(0, 16) });
    const entries = (files) => files.map((f) => ({ url: `/${f}`, revision: null }));
    // The learner's styles stand in the page.
    const learner = [page('hoc'), { url: '/manifest.webmanifest', revision: '1' }, { url: '/icon-192.png', revision: '1' }, ...entries(filesOf(bundle, 'hoc', () => true).filter((f) => !/\/hoc-.*\.css$/.test(f)))];
    const ofClass = [page('quan-ly'), ...entries([...filesOf(bundle, 'quan-ly', (c) => OF_A_CLASS.test(c?.facadeModuleId ?? '')), ...Object.keys(bundle).filter((f) => f.endsWith('.woff2'))])];
    worker.code = worker.code.replace('LEARNER_FILES', JSON.stringify(learner)).replace('CLASS_FILES', JSON.stringify(ofClass));
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), inlineLearnerStyles(), listFiles()],
  resolve: {
    conditions: ['@lantoa/source', ...defaultClientConditions],
    // The server validates; the client only needs the name and path of a contract, so zod stays out of the phone.
    alias: { zod: path.resolve(import.meta.dirname, 'src/lib/zod-stand-in.ts') },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/noi-dung': 'http://127.0.0.1:3000', '/v': 'http://127.0.0.1:3000', '/kiem-tra': 'http://127.0.0.1:3000' } },
  // What the learner's first page needs is one file: on a slow link each file costs a round trip, and a browser asks for six at a time. It defines and does nothing, so the staff's app, which shares most of it, may load it too.
  build: { target: 'es2022', modulePreload: { polyfill: false }, rolldownOptions: { input: { hoc: path.resolve(import.meta.dirname, 'hoc.html'), 'quan-ly': path.resolve(import.meta.dirname, 'quan-ly.html'), sw: path.resolve(import.meta.dirname, 'src/worker/sw.ts') }, output: { codeSplitting: { groups: [{ name: 'first', test: /[\\/]src[\\/]learner[\\/]app\.tsx$/ }] }, entryFileNames: (c) => (c.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') } } },
});
