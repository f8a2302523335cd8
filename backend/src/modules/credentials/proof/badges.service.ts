import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#platform/config';
import type { Actor } from '#platform/http';
import { RegisterService } from '../register/register.service.ts';
import { bakePng, bakeSvg } from './badge.ts';
import { DocumentsService } from './documents.service.ts';

/** The holder's own copy of the credential, plain or inside a badge picture. */
@Injectable()
export class BadgesService {
  private readonly folder: string;
  constructor(@Inject(CONFIG) config: Config, private readonly register: RegisterService, private readonly documents: DocumentsService) {
    this.folder = path.join(config.contentDir, 'badges');
  }

  /** The exact bytes that are served, made now if the job has not come to it yet. */
  async credential(actor: Actor, entryId: string): Promise<string> {
    const { id } = await this.register.visible(actor, entryId);
    return (await this.documents.credential(id)).bytes;
  }

  async png(actor: Actor, entryId: string): Promise<Uint8Array> {
    return bakePng(await readFile(path.join(this.folder, 'badge.png')), await this.credential(actor, entryId));
  }

  async svg(actor: Actor, entryId: string): Promise<string> {
    return bakeSvg(await readFile(path.join(this.folder, 'badge.svg'), 'utf8'), await this.credential(actor, entryId));
  }
}
