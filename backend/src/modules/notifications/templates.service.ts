import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { listTemplates, saveTemplate } from '@lantoa/shared/notifications';
import { type ReminderChannel, type ReminderStage, reminderStages } from '@lantoa/shared/rules/reminders';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { ReminderTemplate } from './notification.entity.ts';

type Outside = Exclude<ReminderChannel, 'in-app'>;
/** A text message carries no marks: with them it would cost twice. */
const USUAL: Record<ReminderStage, Record<Outside, string>> = {
  due: { push: 'Ôn nhanh {n} câu, khoảng 3 phút. Hạn {day}.', gateway: 'Lan Toa: co bai on {n} cau, han {day}. Mo {link}', email: 'Có bài ôn {n} câu: {title}. Hạn {day}.\n\nMở {link} để ôn, khoảng 3 phút.\n\nKhông muốn nhận thư này: vào Trợ giúp, mục Nhắc ôn.' },
  late: { push: 'Bài ôn {n} câu còn chờ từ {day}. Ôn 3 phút là xong.', gateway: 'Lan Toa: bai on {n} cau con cho tu {day}. Mo {link}', email: 'Bài ôn {n} câu còn chờ từ {day}: {title}.\n\nMở {link} để ôn, khoảng 3 phút.\n\nKhông muốn nhận thư này: vào Trợ giúp, mục Nhắc ôn.' },
};

/** The words of reminders: the usual ones, and those that an office has put in their place. */
@Injectable()
export class TemplatesService {
  constructor(private readonly db: Db, private readonly audit: Audit) {}

  async list(actor: Actor): Promise<OutputOf<typeof listTemplates>> {
    const own = await this.db.repo(ReminderTemplate).find();
    const items = reminderStages.flatMap((stage) => (Object.keys(USUAL[stage]) as Outside[]).map((channel) => {
      const mine = own.find((o) => o.stage === stage && o.channel === channel);
      return { stage, channel, text: mine?.text ?? USUAL[stage][channel], own: mine !== undefined };
    }));
    return { items, mayEdit: actor.can('campaign.run') && (await actor.reach('campaign.run')) === 'everywhere' };
  }

  /** The words are those of the whole installation: who answers for a part of it does not set them. */
  async save(actor: Actor, { params, body }: ArgsOf<typeof saveTemplate>): Promise<Record<string, never>> {
    if ((await actor.reach('campaign.run')) !== 'everywhere') throw problem('access.not-allowed');
    await this.db.transaction(async () => {
      await this.db.repo(ReminderTemplate).upsert({ ...params, text: body.text, changedBy: actor.personId, changedAt: clock.now() }, ['stage', 'channel']);
      await this.audit.record(actor, 'reminder-template.changed', { type: 'person', id: actor.personId }, { ...params });
    });
    return {};
  }

  async text(stage: ReminderStage, channel: ReminderChannel): Promise<string> {
    if (channel === 'in-app') return '';
    return (await this.db.repo(ReminderTemplate).findOneBy({ stage, channel }))?.text ?? USUAL[stage][channel];
  }
}
