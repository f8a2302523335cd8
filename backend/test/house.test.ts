import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { permissions, rolePermissions, roles } from '@lantoa/shared/permissions';
import { problems } from '@lantoa/shared/problems';
import { ENDPOINT, GATE } from '#platform/http';
import { schemaDrift } from '../src/schema.ts';
import { handledBy } from '../src/system.controller.ts';
import { startTestApp, type TestApp } from './app.ts';
import { makers } from './make.ts';

const ROOT = path.resolve(__dirname, '../..');
const files = (folder: string, pattern: RegExp): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && pattern.test(f.name) && !/node_modules|\/dist/.test(f.parentPath)).map((f) => path.join(f.parentPath, f.name));

let test0: TestApp;
beforeAll(async () => { test0 = await startTestApp(); });
afterAll(() => test0.close());

describe('every door has a lock', () => {
  test('every handler of every controller has a contract, a gate that is in the catalogue, and reads its input through the contract', () => {
    const scanner = new MetadataScanner();
    for (const { instance } of test0.app.get(DiscoveryService).getControllers()) {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name] as object;
        // Private helpers carry no route at all.
        if (!Reflect.hasMetadata('path', handler)) continue;
        const endpoint = Reflect.getMetadata(ENDPOINT, handler);
        expect([name, endpoint !== undefined]).toEqual([name, true]);
        expect(['public', 'self', ...permissions]).toContain(Reflect.getMetadata(GATE, handler));
        if (endpoint.params || endpoint.query || endpoint.body) {
          const args = Object.values(Reflect.getMetadata('__routeArguments__', instance.constructor, name) ?? {}) as { data?: unknown }[];
          expect([name, args.some((a) => a.data === endpoint)]).toEqual([name, true]);
        }
      }
    }
  });

  test('a stranger gets 401 at every door that is not public', async () => {
    const closed = handledBy(test0.app.get(DiscoveryService)).filter((h) => h.gate !== 'public');
    expect(closed.length).toBeGreaterThan(50);
    for (const { endpoint } of closed) {
      const { status, body } = await test0.stranger.call(endpoint, { params: new Proxy({}, { get: () => '00000000-0000-4000-8000-000000000000' }), body: endpoint.method === 'GET' ? undefined : {} } as never);
      expect([endpoint.name, status, body.code]).toEqual([endpoint.name, 401, 'access.sign-in-needed']);
    }
  });

  test('every role is let through exactly the doors that its permissions open', async () => {
    const make = makers(test0);
    const gated = handledBy(test0.app.get(DiscoveryService)).filter((h) => h.gate !== 'public' && h.gate !== 'self');
    for (const role of roles) {
      const client = await test0.as((await make.staff(role, role === 'owner' ? null : '610')).id);
      for (const { endpoint, gate } of gated) {
        const params = new Proxy({}, { get: () => '00000000-0000-4000-8000-000000000000' });
        const { status, body } = await client.call(endpoint, { params, body: endpoint.method === 'GET' ? undefined : { nothing: true } } as never);
        const allowed = rolePermissions[role].includes(gate as never);
        expect([role, endpoint.name, body.code === 'access.not-allowed', status === 500]).toEqual([role, endpoint.name, !allowed, false]);
      }
    }
  }, 60_000);

  test('contract names are unique', () => {
    const names = handledBy(test0.app.get(DiscoveryService)).map((h) => h.endpoint.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the data', () => {
  test('migrations and entities agree', async () => expect(await schemaDrift(test0.url)).toEqual([]), 30_000);
});

describe('the order of the house', () => {
  test('no file is over 300 lines', () => {
    const long = ['backend/src', 'shared/src', 'frontend/src', 'e2e', 'bench'].flatMap((f) => files(f, /\.(ts|tsx|mjs)$/)).filter((f) => readFileSync(f, 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
  test('no file has a name that says nothing', () => expect(['backend/src', 'shared/src', 'frontend/src'].flatMap((f) => files(f, /^(utils|helpers?|common|misc|manager|base)\b|-v2/))).toEqual([]));
  test('a door has at most 15 lines', () => {
    for (const f of files('backend/src/modules', /^index\.ts$/)) expect([f, readFileSync(f, 'utf8').trimEnd().split('\n').length <= 15]).toEqual([f, true]);
  });
  test('nothing that we ship is under a licence that would bind what is made with it', () => {
    const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { license?: string; dev?: boolean; link?: boolean }> };
    const shipped = Object.entries(packages).filter(([name, p]) => name.includes('node_modules/') && !p.dev && !p.link);
    expect(shipped.length).toBeGreaterThan(400);
    // Where one may choose, the free one is chosen.
    expect(shipped.filter(([, p]) => /GPL/.test(p.license ?? '') && !/ OR /.test(p.license ?? '')).map(([name]) => name)).toEqual([]);
  });
  test('the environment is read in one place', () => {
    const readers = files('backend/src', /\.ts$/).filter((f) => /process\.env/.test(readFileSync(f, 'utf8'))).map((f) => path.relative(path.join(ROOT, 'backend/src'), f));
    expect(readers).toEqual(['platform/config/index.ts']);
  });
});

describe('the words', () => {
  const words = (language: string, file: string) => JSON.parse(readFileSync(path.join(ROOT, `frontend/src/locales/${language}/${file}.json`), 'utf8')) as Record<string, string>;
  test.each(['learner', 'pages', 'room', 'staff', 'problems'])('%s: Vietnamese and English have the same keys, and none is empty', (file) => {
    const [vi, en] = [words('vi', file), words('en', file)];
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    expect([...Object.entries(vi), ...Object.entries(en)].filter(([, v]) => !v.trim())).toEqual([]);
  });
  test('every problem code has its sentence', () => expect(Object.keys(problems).filter((code) => !(`problems.${code}` in words('vi', 'problems')))).toEqual([]));
  test('every key that a screen names exists', () => {
    const all = { ...words('vi', 'learner'), ...words('vi', 'pages'), ...words('vi', 'room'), ...words('vi', 'staff') };
    const used = files('frontend/src', /\.tsx$/).flatMap((f) => [...readFileSync(f, 'utf8').matchAll(/\bt\('([^']+)'/g)].map((m) => m[1] as string));
    expect(used.filter((k) => !(k in all))).toEqual([]);
  });
  test('no Vietnamese sentence stands in a screen’s code', () => {
    const hard = files('frontend/src', /\.tsx$/).flatMap((f) => [...readFileSync(f, 'utf8').matchAll(/>[^<{}]*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ][^<{}]*</g)].map((m) => `${path.basename(f)} ${m[0]}`));
    expect(hard.filter((h) => !/Lan Toả|Tiếng Việt/.test(h))).toEqual([]);
  });
});
