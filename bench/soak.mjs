// Two hundred phones with five hundred answers each through a link that fails one time in three: the test of `e2e/phones.e2e.ts`, at full size.
import { spawnSync } from 'node:child_process';
import { ROOT } from './stage.mjs';

const SIZE = '200x500';

export function soakFigures(say) {
  const from = performance.now();
  const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--selectProjects', 'e2e', '--testPathPatterns', 'e2e/phones', '-t', 'unique answers', '--forceExit'], { cwd: ROOT, env: { ...process.env, SOAK: SIZE }, stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
  const seconds = Math.round((performance.now() - from) / 1000);
  say({ name: `soak ${SIZE}: unique answers on the server = answers given`, ours: status === 0, seconds });
  if (status !== 0) process.exitCode = 1;
}
