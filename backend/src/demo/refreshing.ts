import { randomUUID } from 'node:crypto';
import { addDays } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { AttemptsService, FormsService } from '#modules/assessment';
import { Ledger } from '#modules/cascade';
import { CampaignsService, DailyPlan, RefreshersService } from '#modules/refreshers';
import type { Stage } from './stage.ts';

/** How many of ten do a refresher that waits, and how many of five questions they get right. */
const DILIGENT = 7;
const RIGHT = [5, 4, 5, 3, 4];

/** Refreshers as they would stand after some months: calendars that run, a campaign of four weeks ago that most have done, and somebody to call. */
export class Refreshing {
  constructor(private readonly demo: Stage) {}

  async hold(courseSlug: string): Promise<void> {
    const { app, staff } = this.demo;
    const today = clock.today();
    await app.get(Ledger).catchUp();
    for (const ago of [60, 28]) await this.demo.at(addDays(today, -ago), async () => { await app.get(DailyPlan).plan(); await this.answer(); });
    const province = await this.demo.unit('51', today);
    await this.demo.at(addDays(today, -14), async () => {
      await app.get(CampaignsService).start(staff.admin, { body: { title: 'Đợt ôn chung (mẫu)', unitId: province.id, courseSlug, certifiedFrom: null, certifiedUntil: null, topics: [], questions: 5, rounds: 1, startsOn: addDays(today, -14) } });
      await this.answer();
    });
  }

  /** Most of those for whom one waits do it. */
  private async answer(): Promise<void> {
    const { app } = this.demo;
    const waiting = await app.get(Db).rows<{ id: string; personId: string }>('select r.id, r.person_id as "personId" from refresher r where not exists (select 1 from attempt a where a.sitting_id = r.id) order by r.person_id, r.due_on');
    for (const [i, { id, personId }] of waiting.entries()) {
      if (i % 10 >= DILIGENT) continue;
      const actor = await this.demo.actor(personId);
      const attemptId = randomUUID();
      await app.get(RefreshersService).start(actor, { params: { refresherId: id }, body: { attemptId, language: 'vi' } });
      const form = await app.get(FormsService).get(id);
      const answers = form.key.map((k, n) => ({ id: randomUUID(), questionVersionId: k.questionVersionId, choice: n < (RIGHT[i % RIGHT.length] as number) ? k.rightChoice : 'unknown', revision: 1, answeredAt: clock.now().toISOString() }));
      await app.get(AttemptsService).submit(actor, { params: { attemptId }, body: { answers } });
    }
  }
}
