import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Day } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import { CampaignsService } from './campaigns.service.ts';
import { PlanningService } from './planning.service.ts';

const HOUR_MS = 3_600_000;

/** Plans refreshers once a day. What was missed while the program stood still is planned when it starts. */
@Injectable()
export class DailyPlan implements OnApplicationShutdown {
  private readonly logger = new Logger('refreshers');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private plannedFor: Day | undefined;

  constructor(private readonly planning: PlanningService, private readonly campaigns: CampaignsService) {}

  /** Plans now and then day by day, until the application stops. */
  start(): void {
    const again = () => { this.running = this.daily().catch((e: Error) => this.logger.error(e.message)); };
    again();
    this.timer = setInterval(again, HOUR_MS).unref();
  }

  /** Plans the refreshers of all calendars and campaigns. @returns how many were planned */
  async plan(): Promise<number> {
    return (await this.planning.plan(clock.today())) + (await this.campaigns.planRounds());
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async daily(): Promise<void> {
    if (this.plannedFor === clock.today()) return;
    await this.plan();
    this.plannedFor = clock.today();
  }
}
