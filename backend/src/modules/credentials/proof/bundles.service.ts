import { Injectable } from '@nestjs/common';
import { Db } from '#platform/db';
import { problem } from '#platform/http';
import { Issuer, RegisterEntry } from '../register/register.entity.ts';
import type { Folder } from './credential-check.ts';
import { DocumentsService } from './documents.service.ts';
import { KeysService } from './keys.service.ts';
import { StatusListsService } from './status-lists.service.ts';

interface Resting { id: string; issuer: string | { id: string }; relatedResource?: { id: string }[]; credentialStatus?: { statusListCredential: string } }

/** A credential with everything that it needs to be checked without us. */
@Injectable()
export class BundlesService {
  constructor(private readonly db: Db, private readonly documents: DocumentsService, private readonly keys: KeysService, private readonly lists: StatusListsService) {}

  /** The documents by address, the credential itself first; with `chain` also every class record and trainer's credential above it. */
  async of(registerNo: string, chain: boolean): Promise<{ first: string; folder: Folder }> {
    const entry = await this.db.repo(RegisterEntry).findOneBy({ registerNo });
    if (!entry) throw problem('credentials.not-found');
    const { url } = await this.documents.credential(entry.id);
    await this.lists.follow([entry.id]);
    const folder = new Map<string, string>();
    await this.take(url, chain, folder);
    return { first: url, folder };
  }

  private async take(url: string, chain: boolean, folder: Map<string, string>): Promise<void> {
    if (folder.has(url)) return;
    const document = await this.documents.byUrl(url);
    if (!document) throw problem('credentials.not-found');
    folder.set(url, document.bytes);
    const said = JSON.parse(document.bytes) as Resting;
    const { slug } = await this.db.repo(Issuer).findOneByOrFail({ id: document.issuerId });
    const did = typeof said.issuer === 'string' ? said.issuer : said.issuer.id;
    if (!folder.has(did)) folder.set(did, JSON.stringify(await this.keys.published(slug, did)));
    const list = said.credentialStatus?.statusListCredential;
    const bytes = list ? await this.lists.bytes(slug, Number(list.split('/').at(-1))) : null;
    if (list && bytes) folder.set(list, bytes);
    if (chain) for (const r of said.relatedResource ?? []) await this.take(r.id, true, folder);
  }
}
