import fs from 'node:fs/promises';
import path from 'node:path';
import { AwsClient } from 'aws4fetch';
import type { Config } from '#platform/config';

/** Bytes by key. Keys are made by the program, never by a visitor: letters, digits, `-`, `_`, `.`, `/`. */
export abstract class Files {
  abstract put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  /** The bytes, or `null` when there is no such key. */
  abstract get(key: string): Promise<Uint8Array | null>;
  /** Every key, in no order. */
  abstract list(): AsyncIterable<string>;
}

const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
function checked(key: string): string {
  if (!KEY.test(key)) throw new Error(`not a file key: ${key}`);
  return key;
}

/** Files in a folder; a file appears whole or not at all. */
export class FolderFiles extends Files {
  constructor(private readonly folder: string) {
    super();
  }
  override async put(key: string, bytes: Uint8Array): Promise<void> {
    const at = path.join(this.folder, checked(key));
    const part = `${at}.${process.pid}.part`;
    await fs.mkdir(path.dirname(at), { recursive: true });
    await fs.writeFile(part, bytes);
    await fs.rename(part, at);
  }
  override async get(key: string): Promise<Uint8Array | null> {
    try {
      return await fs.readFile(path.join(this.folder, checked(key)));
    } catch (e) {
      if ((e as { code?: string }).code === 'ENOENT') return null;
      throw e;
    }
  }
  override async *list(): AsyncGenerator<string> {
    const found = await fs.readdir(this.folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const f of found) if (f.isFile() && !f.name.endsWith('.part')) yield path.relative(this.folder, path.join(f.parentPath, f.name)).split(path.sep).join('/');
  }
}

/** Files in an S3-compatible store. */
export class S3Files extends Files {
  private readonly client: AwsClient;
  private readonly base: string;
  constructor(s: Extract<Config['files'], { kind: 's3' }>) {
    super();
    this.client = new AwsClient({ accessKeyId: s.accessKeyId, secretAccessKey: s.secretAccessKey, service: 's3', region: s.region });
    this.base = `${s.endpoint.replace(/\/$/, '')}/${s.bucket}`;
  }
  override async put(key: string, bytes: Uint8Array, type: string): Promise<void> {
    const reply = await this.client.fetch(`${this.base}/${checked(key)}`, { method: 'PUT', body: bytes as never, headers: { 'content-type': type } });
    if (!reply.ok) throw new Error(`the file store answered ${reply.status} to PUT ${key}`);
  }
  override async get(key: string): Promise<Uint8Array | null> {
    const reply = await this.client.fetch(`${this.base}/${checked(key)}`);
    if (reply.status === 404) return null;
    if (!reply.ok) throw new Error(`the file store answered ${reply.status} to GET ${key}`);
    return new Uint8Array(await reply.arrayBuffer());
  }
  override async *list(): AsyncGenerator<string> {
    for (let after = ''; ; ) {
      const reply = await this.client.fetch(`${this.base}?list-type=2${after && `&start-after=${encodeURIComponent(after)}`}`);
      if (!reply.ok) throw new Error(`the file store answered ${reply.status} to a list`);
      // Keys are of letters, digits and few signs (`KEY`), so nothing in them is escaped.
      const keys = [...(await reply.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map((m) => m[1] as string);
      yield* keys;
      if (!keys.length) return;
      after = keys.at(-1) as string;
    }
  }
}

/** The file store of the settings: a folder below the data folder, or S3. */
export const filesOf = (config: Config): Files => (config.files.kind === 's3' ? new S3Files(config.files) : new FolderFiles(path.join(config.dataDir, 'files')));
