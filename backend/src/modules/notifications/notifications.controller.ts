import { Controller } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/notifications';
import { type Actor, By, Handles, Input } from '#platform/http';
import { ChoicesService } from './choices.service.ts';
import { ReminderCounts } from './reminder-counts.ts';
import { TemplatesService } from './templates.service.ts';

@Controller()
export class NotificationsController {
  constructor(private readonly choices: ChoicesService, private readonly templates: TemplatesService, private readonly counts: ReminderCounts) {}

  @Handles(contract.getReminderChoice, 'self')
  getReminderChoice(@By() actor: Actor) { return this.choices.get(actor); }

  @Handles(contract.saveReminderChoice, 'self')
  saveReminderChoice(@By() actor: Actor, @Input(contract.saveReminderChoice) input: ArgsOf<typeof contract.saveReminderChoice>) { return this.choices.save(actor, input); }

  @Handles(contract.addPushDevice, 'self')
  addPushDevice(@By() actor: Actor, @Input(contract.addPushDevice) input: ArgsOf<typeof contract.addPushDevice>) { return this.choices.addDevice(actor, input); }

  @Handles(contract.removePushDevice, 'self')
  removePushDevice(@By() actor: Actor, @Input(contract.removePushDevice) input: ArgsOf<typeof contract.removePushDevice>) { return this.choices.removeDevice(actor, input); }

  @Handles(contract.listTemplates, 'campaign.run')
  listTemplates(@By() actor: Actor) { return this.templates.list(actor); }

  @Handles(contract.saveTemplate, 'campaign.run')
  saveTemplate(@By() actor: Actor, @Input(contract.saveTemplate) input: ArgsOf<typeof contract.saveTemplate>) { return this.templates.save(actor, input); }

  @Handles(contract.countReminders, 'cascade.read')
  countReminders(@By() actor: Actor, @Input(contract.countReminders) input: ArgsOf<typeof contract.countReminders>) { return this.counts.of(actor, input); }
}
