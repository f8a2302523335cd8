import { rmSync } from 'node:fs';

export default async function () {
  const postgres = globalThis.__POSTGRES__;
  globalThis.__POSTGRES__ = undefined;
  if (!postgres) return;
  await postgres.stop();
  rmSync(postgres.home, { recursive: true, force: true });
}
