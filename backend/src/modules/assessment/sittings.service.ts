import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem } from '#platform/http';
import { MergesService } from '#modules/people';
import { Seat, Sitting } from './attempt.entity.ts';
import { FormsService } from './forms.service.ts';
import { secondsAllowed } from './scoring.rules.ts';

/** What news of a sitting is told under: somebody began, answered, or handed in. */
export const sittingTopic = (sittingId: string): string => `sitting:${sittingId}`;

/** Opening and closing tests for groups of people. The class decides who; this module decides what counts. */
@Injectable()
export class SittingsService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly forms: FormsService, private readonly merges: MergesService) {}

  onModuleInit(): void {
    this.merges.follows({ table: 'seat', key: 'sitting_id', clash: 'exists (select 1 from seat k where k.person_id = $1 and k.sitting_id = x.sitting_id)' });
    this.merges.follows({ table: 'attempt', key: 'id', clash: 'exists (select 1 from attempt k where k.person_id = $1 and k.series_id = x.series_id)' });
  }

  /** Opens a test; one whose id is known already is opened once. @returns its id */
  open(formId: string, personIds: string[], o: { id?: string; cohort?: string; timeLimitMinutes?: number | null; extraTime?: boolean } = {}): Promise<string> {
    return this.db.transaction(async () => {
      const id = o.id ?? randomUUID();
      if (o.id && (await this.db.repo(Sitting).existsBy({ id }))) return id;
      await this.db.repo(Sitting).insert({ id, formId, openedAt: clock.now(), closedAt: null, cohort: o.cohort ?? null, timeLimitMinutes: o.timeLimitMinutes ?? null, extraTime: o.extraTime ?? false });
      await this.seat(id, personIds);
      return id;
    });
  }

  /** Lets more people sit it (late arrivals). */
  async seat(sittingId: string, personIds: string[]): Promise<void> {
    if (personIds.length) await this.db.repo(Seat).createQueryBuilder().insert().values(personIds.map((personId) => ({ sittingId, personId }))).orIgnore().execute();
  }

  async close(sittingId: string): Promise<void> {
    await this.db.repo(Sitting).update({ id: sittingId }, { closedAt: clock.now() });
  }

  /** Opens again for who came late; a limit holds for attempts that start from now on. */
  async reopen(sittingId: string, o: { timeLimitMinutes?: number | null; extraTime?: boolean } = {}): Promise<void> {
    await this.db.repo(Sitting).update({ id: sittingId }, { closedAt: null, timeLimitMinutes: o.timeLimitMinutes ?? null, extraTime: o.extraTime ?? false });
  }

  /** More minutes for everybody who has not handed in, and for those who come. */
  async extend(sittingId: string, minutes: number): Promise<void> {
    await this.db.repo(Sitting).increment({ id: sittingId }, 'timeLimitMinutes', minutes);
    const sitting = await this.find(sittingId);
    await this.db.rows('update attempt set allowed_seconds = $2 where sitting_id = $1 and submitted_at is null and allowed_seconds is not null', [sittingId, secondsAllowed(sitting.timeLimitMinutes, sitting.extraTime)]);
  }

  async find(id: string): Promise<Sitting> {
    return orProblem(await this.db.repo(Sitting).findOneBy({ id }), 'assessment.form-not-found');
  }

  /** The tests that wait for a person: open, with a seat; `done` once handed in. */
  async waitingFor(actor: Actor) {
    const rows = await this.db.rows<{ sittingId: string; formId: string; attemptId: string | null; timeLimitMinutes: number | null; extraTime: boolean; done: boolean }>(
      `select s.id as "sittingId", s.form_id as "formId", s.time_limit_minutes as "timeLimitMinutes", s.extra_time as "extraTime", a.id as "attemptId", coalesce(a.submitted_at is not null, false) as done
        from seat t join sitting s on s.id = t.sitting_id and s.closed_at is null
        left join lateral (select id, submitted_at from attempt a where a.sitting_id = s.id and a.person_id = t.person_id order by a.counts desc, a.started_at desc limit 1) a on true
        where t.person_id = $1 order by s.opened_at`, [actor.personId]);
    const items = [];
    for (const { timeLimitMinutes, extraTime, ...r } of rows) {
      const form = await this.forms.get(r.formId);
      const seconds = secondsAllowed(timeLimitMinutes, extraTime);
      items.push({ ...r, kind: form.kind, title: form.title, questions: form.questions.length, minutes: seconds === null ? null : Math.ceil(seconds / 60) });
    }
    return { items };
  }
}
