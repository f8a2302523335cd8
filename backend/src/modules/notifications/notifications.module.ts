import { Module } from '@nestjs/common';
import { RefreshersModule } from '#modules/refreshers';
import { ChoicesService } from './choices.service.ts';
import { NotificationsController } from './notifications.controller.ts';
import { PushKeys } from './push-keys.ts';
import { ReminderCounts } from './reminder-counts.ts';
import { RemindersService } from './reminders.service.ts';
import { Gateway, Mailer, PushSender } from './senders.ts';
import { TemplatesService } from './templates.service.ts';

@Module({ imports: [RefreshersModule], controllers: [NotificationsController], providers: [PushKeys, PushSender, Gateway, Mailer, ChoicesService, TemplatesService, RemindersService, ReminderCounts], exports: [RemindersService] })
export class NotificationsModule {}
