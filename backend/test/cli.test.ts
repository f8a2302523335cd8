import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CONFIG, type Config } from '#platform/config';
import { Secrets } from '#platform/secrets';
import { runCli } from '../src/cli-run.ts';
import { startTestApp, type TestApp } from './app.ts';
import { makers } from './make.ts';
import { layTruth, PROGRAMME } from './truth-cascade.ts';

jest.setTimeout(60_000);

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'lantoa-cli-'));
/** A verb within this process: it loads the program once, not once a verb. That it runs as a program of its own is tested where the program starts. */
async function cli(args: string[], env: Record<string, string>) {
  const said = { out: '', err: '' };
  const code = await runCli(args, { env, out: (text) => { said.out += text; }, err: (text) => { said.err += text; } });
  return { code, ...said };
}

describe('the command line about the cascade', () => {
  let t: TestApp;
  let make: Awaited<ReturnType<typeof layTruth>>;
  const data = folder();
  const json = async (...args: string[]) => {
    const { code, out, err } = await cli([...args, '--json'], { DATABASE_URL: t.url, DATA_DIR: data });
    return { code, err, value: out ? JSON.parse(out) : null };
  };
  beforeAll(async () => {
    t = await startTestApp();
    make = await layTruth(t);
  });
  afterAll(() => t.close());

  test('shows tiers and units of a day, by the units of that day and of today, and both add up alike', async () => {
    const show = (map: string) => json('cascade', 'show', '--programme', PROGRAMME, '--as-of', '2024-12-31', '--map', map);
    const [then, now] = [await show('then'), await show('now')];
    expect(then.value.tiers.map((x: { passed: number }) => x.passed)).toEqual([10, 12, 9]);
    const sum = (units: { passed: number }[]) => units.reduce((n, u) => n + u.passed, 0);
    // In 2022 the rows are districts, today communes; people of tier 1 came from districts, which are no more.
    expect([sum(then.value.units), sum(now.value.units), then.value.answers.passed]).toEqual([31, 21, 31]);
  });
  test('the line of a person by code; whom nobody knows is said', async () => {
    const { code } = await t.db.row<{ code: string }>('select code from person where id = $1', [await make.person('T1')]);
    expect((await json('cascade', 'lineage', '--person', code)).value).toMatchObject({ code, descendants: 22, reached: [{ depth: 1, people: 7 }, { depth: 2, people: 15 }] });
    expect((await json('cascade', 'lineage', '--person', 'NOBODY')).err).toContain('Nobody has the code or phone number "NOBODY".');
  });
  test('which classes to hold, with the reason for each', async () => {
    const { value } = await json('cascade', 'next', '--programme', PROGRAMME, '--class-days', '1', '--as-of', '2023-03-15');
    expect(value.proposals).toMatchObject([{ tier: 3, people: 10, reason: expect.stringContaining('10 people in 1 days (10 a day); the area has reached 33 %') }]);
  });
  test('a report as open data into a file; sums made anew are the same', async () => {
    const out = path.join(folder(), 'units.csv');
    const made = await json('report', 'export', '--kind', 'units', '--unit', '62', '--from', '2024-01-01', '--to', '2024-12-31', '--format', 'csv', '--out', out);
    expect(made.value).toMatchObject({ kind: 'units', rows: 10, hidden: 0 });
    const before = readFileSync(out, 'utf8');
    expect(before.split('\r\n').find((l) => l.startsWith('615,'))).toMatch(/^615,Huyện Đắk Hà,23,24,22,/);
    expect((await json('cascade', 'rebuild')).value.rebuilt).toBe(true);
    await json('report', 'export', '--kind', 'units', '--unit', '62', '--from', '2024-01-01', '--to', '2024-12-31', '--format', 'csv', '--out', out);
    expect(readFileSync(out, 'utf8')).toBe(before);
    expect((await json('report', 'export', '--kind', 'all', '--from', '2024-01-01', '--to', '2024-12-31', '--format', 'csv', '--out', out)).err).toContain('--kind is "all"; it must be one of indicators, units, participants, classes, ethnicity.');
  });
});

describe('the command line about certificates', () => {
  test('the chain of a credential exported and checked from a folder; the book of a year in a file; a changed document is named', async () => {
    const t = await startTestApp();
    try {
      const make = makers(t);
      const top = await make.certified({ from: '2025-01-05', post: [20], issuedOn: '2025-01-12' });
      const below = await make.certified({ tier: 2, unit: '610', from: '2025-03-01', post: [20], trainers: [{ personId: top.entries[0]?.personId as string }], issuedOn: '2025-03-10' });
      const [env, out] = [{ DATABASE_URL: t.url, DATA_DIR: folder(), SECRET_KEY: 'x'.repeat(40) }, folder()];
      const run = async (...args: string[]) => { const r = await cli([...args, '--json'], env); return { ...r, value: r.out ? JSON.parse(r.out) : null }; };
      const number = below.entries[0]?.registerNo as string;
      const exported = await run('credential', 'export', number, '--chain', '--out', out);
      expect([exported.err, Object.keys(exported.value.documents)]).toEqual(['', ['00-credential.json', '01-keys.json', '02-status-list.json', '03-class-record.json', '04-credential.json', '05-class-record.json']]);
      const check = (day: string) => run('credential', 'check', path.join(out, '00-credential.json'), '--as-of', day);
      expect((await check('2025-06-01')).value).toMatchObject({ ok: true, faults: [], chain: [{ name: expect.stringContaining(number) }, {}, { state: 'good' }, {}] });
      const late = await check('2030-01-01');
      expect([late.code, late.value.faults[0].code]).toEqual([9, 'expired']);
      const record = path.join(out, '03-class-record.json');
      writeFileSync(record, readFileSync(record, 'utf8').replace('2025-03-01', '2025-03-02'));
      expect((await check('2025-06-01')).value.faults).toMatchObject([{ code: 'chain-changed' }]);
      const book = path.join(out, 'so.xlsx');
      expect((await run('register', 'book', '--year', '2025', '--out', book)).value).toMatchObject({ year: 2025, file: book });
      expect((await run('register', 'book', '--year', '2025', '--out', 'x.doc')).err).toContain('ends in .pdf or .xlsx');
      expect((await run('credential', 'rotate-key', 'hoi-lhpn-kon-tum')).value).toMatchObject({ number: 2 });
      expect((await run('register', 'verify')).value).toMatchObject({ brokenAt: null, gaps: [], entries: 2 });
    } finally {
      await t.close();
    }
  });
});

describe('the command line about keys', () => {
  test('what is sealed is sealed anew; the old key opens nothing any more; a second time is as good', async () => {
    const t = await startTestApp();
    try {
      await makers(t).certified({ from: '2025-01-05', post: [20], issuedOn: '2025-01-12' });
      await t.drain();
      const { dataDir } = t.app.get<Config>(CONFIG);
      const env = { DATABASE_URL: t.url, DATA_DIR: dataDir };
      const sealed = async () => (await t.db.row<{ sealed: Buffer }>('select sealed from signing_key')).sealed;
      const plain = t.app.get(Secrets).open(await sealed());
      const [before, keyBefore] = [await sealed(), readFileSync(path.join(dataDir, 'secret.key'), 'utf8')];
      const { code, out } = await cli(['keys', 'rotate', '--json'], env);
      expect([code, JSON.parse(out).resealed]).toEqual([0, expect.objectContaining({ signing_key: 1, second_step: 0 })]);
      expect((await sealed()).equals(before)).toBe(false);
      expect(readFileSync(path.join(dataDir, 'secret.key'), 'utf8')).not.toBe(keyBefore);
      const now = await sealed();
      expect(() => t.app.get(Secrets).open(now)).toThrow(/sealed with another key/);
      expect(new Secrets(t.app.get<Config>(CONFIG)).open(now).equals(plain)).toBe(true);
      const key = path.join(folder(), 'key');
      writeFileSync(key, 'z'.repeat(40));
      expect((await cli(['keys', 'rotate', '--json'], { ...env, SECRET_KEY: readFileSync(path.join(dataDir, 'secret.key'), 'utf8') })).err).toContain('--key FILE');
      expect((await cli(['keys', 'rotate', '--key', key, '--json'], { ...env, SECRET_KEY: readFileSync(path.join(dataDir, 'secret.key'), 'utf8') })).code).toBe(0);
      expect(new Secrets({ ...t.app.get<Config>(CONFIG), secretKey: 'z'.repeat(40) }).open(await sealed()).equals(plain)).toBe(true);
    } finally {
      await t.close();
    }
  });
});
