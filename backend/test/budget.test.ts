import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const DIST = path.resolve(__dirname, '../../frontend/dist');
const BUDGET = 100_000;

test('the learner’s first load is at most 100 KB of brotli: the page with its styles, and every script that it names', () => {
  const page = readFileSync(path.join(DIST, 'hoc.html'), 'utf8');
  const scripts = new Set([...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1] as string));
  expect(scripts.size).toBeGreaterThan(0);
  expect(page).not.toMatch(/<link rel="stylesheet"/);
  const total = [page, ...[...scripts].map((f) => readFileSync(path.join(DIST, f)))].reduce((sum, bytes) => sum + brotliCompressSync(bytes).length, 0);
  expect(total).toBeLessThan(BUDGET);
});

test('neither app asks another host for anything', () => {
  for (const file of ['hoc.html', 'quan-ly.html']) expect(readFileSync(path.join(DIST, file), 'utf8').match(/https?:\/\/(?!www\.w3\.org)/g)).toBeNull();
});
