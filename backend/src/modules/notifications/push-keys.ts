import { Injectable } from '@nestjs/common';
import webpush from 'web-push';
import { Db } from '#platform/db';
import { PublicUrl } from '#platform/http';
import { Secrets } from '#platform/secrets';
import { PushKey } from './notification.entity.ts';

/** The key of this installation, made once. */
@Injectable()
export class PushKeys {
  constructor(private readonly db: Db, private readonly secrets: Secrets, private readonly url: PublicUrl) {}

  /** With whom a push service can talk: an https address of ours, or one that says that there is none. */
  async get(): Promise<{ publicKey: string; privateKey: string; subject: string }> {
    const row = (await this.db.repo(PushKey).findOneBy({ id: 1 })) ?? (await this.make());
    return { publicKey: row.publicKey, privateKey: this.secrets.open(row.sealedPrivateKey).toString(), subject: this.url.value.startsWith('https:') ? this.url.value : 'mailto:no-reply@localhost' };
  }

  private async make(): Promise<PushKey> {
    const { publicKey, privateKey } = webpush.generateVAPIDKeys();
    await this.db.repo(PushKey).createQueryBuilder().insert().values({ id: 1, publicKey, sealedPrivateKey: this.secrets.seal(Buffer.from(privateKey)) }).orIgnore().execute();
    return this.db.repo(PushKey).findOneByOrFail({ id: 1 });
  }
}
