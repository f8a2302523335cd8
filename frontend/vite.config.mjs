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

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), inlineLearnerStyles()],
  resolve: {
    conditions: ['@lantoa/source', ...defaultClientConditions],
    // The server validates; the client only needs the name and path of a contract, so zod stays out of the phone.
    alias: { zod: path.resolve(import.meta.dirname, 'src/lib/zod-stand-in.ts') },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/noi-dung': 'http://127.0.0.1:3000', '/v': 'http://127.0.0.1:3000', '/kiem-tra': 'http://127.0.0.1:3000' } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, rolldownOptions: { input: { hoc: path.resolve(import.meta.dirname, 'hoc.html'), 'quan-ly': path.resolve(import.meta.dirname, 'quan-ly.html') } } },
});
