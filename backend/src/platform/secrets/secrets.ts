import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Stop } from '#platform/config';

const [NONCE, TAG] = [12, 16];

/** Seals what must not be readable in a copy of the database (AES-256-GCM), with `SECRET_KEY`, or with a key that is made once in the data folder. */
@Injectable()
export class Secrets {
  private key: Buffer | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  seal(plain: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.secret(), nonce);
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** What was sealed; a key that does not fit stops with a sentence that says so. */
  open(sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.secret(), bytes.subarray(0, NONCE));
    decipher.setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
    } catch {
      throw new Stop('bad-setting', `The signing keys in this database were sealed with another key. Set SECRET_KEY to the one of the first server, or copy its file ${this.file}.`);
    }
  }

  /** Opens with this key and seals with another. */
  reseal(sealed: Uint8Array, next: Secrets): Buffer {
    return next.seal(this.open(sealed));
  }

  private get file(): string {
    return path.join(this.config.dataDir, 'secret.key');
  }

  private secret(): Buffer {
    this.key ??= createHash('sha256').update(this.config.secretKey ?? this.ownKey()).digest();
    return this.key;
  }

  /** The key of the data folder. `wx`: of two that start at once one writes, and both read. */
  private ownKey(): string {
    try {
      mkdirSync(this.config.dataDir, { recursive: true });
      writeFileSync(this.file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
    } catch (e) {
      if ((e as { code?: string }).code !== 'EEXIST') throw e;
    }
    return readFileSync(this.file, 'utf8').trim();
  }
}
