import { Injectable } from '@nestjs/common';
import type { ArgsOf, OutputOf } from '@lantoa/shared/endpoint';
import type { countReminders } from '@lantoa/shared/notifications';
import { Db } from '#platform/db';
import type { Actor } from '#platform/http';
import { CampaignsService } from '#modules/refreshers';

/** How reminders went out. */
@Injectable()
export class ReminderCounts {
  constructor(private readonly db: Db, private readonly campaigns: CampaignsService) {}

  async of(actor: Actor, input: ArgsOf<typeof countReminders>): Promise<OutputOf<typeof countReminders>> {
    await this.campaigns.mustSee(actor, input.params.campaignId);
    const items = await this.db.rows<OutputOf<typeof countReminders>['items'][number]>(
      "select x.channel, count(*) filter (where x.status = 'sent')::int as sent, count(*) filter (where x.status = 'waiting')::int as waiting, count(*) filter (where x.status = 'failed')::int as failed from reminder x join refresher r on r.id = x.refresher_id where r.campaign_id = $1 group by x.channel order by x.channel", [input.params.campaignId]);
    return { items };
  }
}
