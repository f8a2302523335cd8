import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { addPushDevice, getReminderChoice, removePushDevice, saveReminderChoice } from '@lantoa/shared/notifications';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { PushDevice, ReminderChoice } from './notification.entity.ts';
import { isPushService } from './push-services.rules.ts';
import { PushKeys } from './push-keys.ts';
import { Mailer } from './senders.ts';

/** What people say of how they want to be reminded. */
@Injectable()
export class ChoicesService {
  constructor(private readonly db: Db, private readonly keys: PushKeys, private readonly mailer: Mailer) {}

  async get(actor: Actor): Promise<OutputOf<typeof getReminderChoice>> {
    const choice = await this.db.repo(ReminderChoice).findOneBy({ personId: actor.personId });
    return { allowed: choice?.allowed ?? true, email: choice?.email ?? null, mailGoesOut: this.mailer.goesOut, pushKey: (await this.keys.get()).publicKey };
  }

  async save(actor: Actor, { body }: ArgsOf<typeof saveReminderChoice>): Promise<Record<string, never>> {
    await this.db.repo(ReminderChoice).upsert({ personId: actor.personId, ...body, changedAt: clock.now() }, ['personId']);
    return {};
  }

  /** A browser belongs to whoever allowed it last: on a shared phone nobody gets another one's reminders. */
  async addDevice(actor: Actor, { body }: ArgsOf<typeof addPushDevice>): Promise<Record<string, never>> {
    if (!isPushService(body.endpoint)) throw problem('notifications.unknown-push-service');
    await this.db.repo(PushDevice).upsert({ id: randomUUID(), personId: actor.personId, ...body, addedAt: clock.now() }, ['endpoint']);
    return {};
  }

  async removeDevice(actor: Actor, { body }: ArgsOf<typeof removePushDevice>): Promise<Record<string, never>> {
    await this.db.repo(PushDevice).delete({ endpoint: body.endpoint, personId: actor.personId });
    return {};
  }
}
