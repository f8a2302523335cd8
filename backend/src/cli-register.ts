import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AuditSeals } from '#platform/audit';
import * as clock from '#platform/clock';
import { Stop } from '#platform/config';
import { BookPrintsService, BookService, BundlesService, checkCredential, type Folder, IssuersService, KeysService } from '#modules/credentials';
import type { Verb } from './cli-verb.ts';

const INDEX = 'index.json';
const cannot = (what: string) => (e: Error): never => { throw new Stop('bad-setting', `${what}: ${e.message}.`); };

/** A name for a document's file: what it is and where it stands in the folder. */
const fileName = (address: string, n: number): string => `${String(n).padStart(2, '0')}-${/did:web/.test(address) ? 'keys' : /\/trang-thai\//.test(address) ? 'status-list' : /\/ban-ghi-lop\//.test(address) ? 'class-record' : 'credential'}.json`;

/** The documents beside a credential's file: by the index of an export, or each by its own id. */
async function folderOf(folder: string): Promise<Folder> {
  const documents = new Map<string, string>();
  const index = JSON.parse(await readFile(path.join(folder, INDEX), 'utf8').catch(() => '{}')) as Record<string, string>;
  for (const [file, address] of Object.entries(index)) documents.set(address, await readFile(path.join(folder, file), 'utf8').catch(cannot(file)));
  for (const file of (await readdir(folder)).filter((f) => f.endsWith('.json') && f !== INDEX && !(f in index))) {
    const bytes = await readFile(path.join(folder, file), 'utf8');
    try {
      const { id } = JSON.parse(bytes) as { id?: string };
      if (id) documents.set(id, bytes);
    } catch {
      // Another file that happens to lie there.
    }
  }
  return documents;
}

/** Verbs about the register, the log and the proofs that come from them. */
export const registerVerbs: Record<string, Verb> = {
  'audit verify': {
    usage: 'audit verify', about: 'Walks the chain of seals over the log of who did what.', needsDatabase: true,
    async run(app) {
      const value = await app.get(AuditSeals).verify();
      return { value, failed: value.broken !== null };
    },
  },
  'register verify': {
    usage: 'register verify', about: 'Walks the hash chain of the register and looks for missing numbers.', needsDatabase: true,
    async run(app) {
      const value = await app.get(BookService).verify();
      return { value, failed: value.brokenAt !== null || value.gaps.length > 0 };
    },
  },
  'register book': {
    usage: 'register book --year YEAR --out FILE.pdf|FILE.xlsx', about: 'Writes the register of a year as a document to print and sign, or as a workbook.', needsDatabase: true,
    async run(app, { year, out }) {
      if (!out || !/\.(pdf|xlsx)$/.test(out)) throw new Stop('bad-setting', 'register book needs --out FILE that ends in .pdf or .xlsx.');
      if (!/^\d{4}$/.test(year ?? '')) throw new Stop('bad-setting', `--year is "${year ?? ''}"; it must be a year like 2026.`);
      const prints = app.get(BookPrintsService);
      const issuers = await prints.issuers(null);
      const bytes = out.endsWith('.pdf') ? await prints.print(issuers, { year: Number(year), sheet: 'a4' }) : await prints.export(issuers, { year: Number(year) });
      await writeFile(out, bytes).catch(cannot(`${out} cannot be written`));
      return { value: { file: out, year: Number(year), bytes: bytes.length } };
    },
  },
  'credential export': {
    usage: 'credential export NUMBER [--chain] --out DIR', about: 'Writes the credential of a register number with what is needed to check it without this program: the keys of its issuer and its status list; with --chain every class record and trainer credential above it. The exact bytes that are served.', needsDatabase: true,
    async run(app, { chain, out }, [number]) {
      if (!number || !out) throw new Stop('bad-setting', 'credential export needs a register number and --out DIR.');
      const { first, folder } = await app.get(BundlesService).of(number, chain ?? false);
      await mkdir(out, { recursive: true }).catch(cannot(`${out} cannot be written`));
      const index: Record<string, string> = {};
      for (const [n, [address, bytes]] of [...folder].entries()) {
        const file = fileName(address, n);
        index[file] = address;
        await writeFile(path.join(out, file), bytes).catch(cannot(`${file} cannot be written`));
      }
      await writeFile(path.join(out, INDEX), JSON.stringify(index, null, 1));
      return { value: { credential: Object.keys(index)[0], id: first, folder: out, documents: index } };
    },
  },
  'credential check': {
    usage: 'credential check FILE [--as-of DAY]', about: 'Checks a credential, and the chain of training behind it, with nothing but the documents beside it. No network, no database.', needsDatabase: false,
    async run(_app, options, [file]) {
      if (!file) throw new Stop('bad-setting', 'credential check needs the path of a file.');
      const bytes = await readFile(file, 'utf8').catch(cannot(`${file} cannot be read`));
      const now = options['as-of'] ? new Date(`${options['as-of']}T12:00:00+07:00`) : clock.now();
      const value = await checkCredential(bytes as string, await folderOf(path.dirname(file)), now);
      return { value, failed: !value.ok };
    },
  },
  'credential rotate-key': {
    usage: 'credential rotate-key ISSUER', about: 'From now on another key signs for an issuer (its slug). Keys of before stay published, so that what they signed still verifies.', needsDatabase: true,
    async run(app, _options, [slug]) {
      const issuer = (await app.get(IssuersService).all()).find((i) => i.slug === slug);
      if (!issuer) throw new Stop('bad-setting', `No issuer is called "${slug ?? ''}". There are: ${(await app.get(IssuersService).all()).map((i) => i.slug).join(', ')}.`);
      return { value: { issuer: issuer.slug, ...(await app.get(KeysService).rotate(issuer.id)) } };
    },
  },
};
