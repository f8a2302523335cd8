import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import webpush from 'web-push';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { PushKeys } from './push-keys.ts';

export interface Device { endpoint: string; p256dh: string; auth: string }
/** It will never reach that address: not to be tried again. */
export class Unreachable extends Error {}
/** A push that could not be delivered for so long is worth nothing any more. */
const DAY_SECONDS = 86_400;

/** Pushes to browsers (RFC 8030, VAPID). */
@Injectable()
export class PushSender {
  constructor(private readonly keys: PushKeys) {}

  /** Throws `Unreachable` when the browser has withdrawn. */
  async send(device: Device, text: string): Promise<void> {
    const { publicKey, privateKey, subject } = await this.keys.get();
    try {
      await webpush.sendNotification({ endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }, JSON.stringify({ text, url: '/hoc' }), { vapidDetails: { subject, publicKey, privateKey }, TTL: DAY_SECONDS, timeout: 15_000 });
    } catch (e) {
      const status = (e as { statusCode?: number }).statusCode;
      if (status === 404 || status === 410) throw new Unreachable('the browser has withdrawn');
      throw e;
    }
  }
}

/** Text messages, by SMS or Zalo. Which company carries them is decided where the program runs: this one writes them into a file, a line of JSON each, for whoever sends them on. */
@Injectable()
export class Gateway {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get file(): string {
    return path.join(this.config.dataDir, 'outgoing', 'messages.jsonl');
  }

  async send(id: string, phone: string, text: string): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true });
    await appendFile(this.file, `${JSON.stringify({ id, at: clock.now().toISOString(), to: phone, text })}\n`, { mode: 0o600 });
  }
}

/** Letters, through the operator's own server (SMTP); without one, none goes out. */
@Injectable()
export class Mailer {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  get goesOut(): boolean {
    return this.config.mail !== null;
  }

  async send(to: string, text: string): Promise<void> {
    if (!this.config.mail) throw new Unreachable('no mail server is set');
    const transport = createTransport(this.config.mail.smtpUrl);
    try {
      await transport.sendMail({ from: this.config.mail.from, to, subject: 'Lan Toả', text });
    } finally {
      transport.close();
    }
  }
}
