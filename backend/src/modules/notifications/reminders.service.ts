import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { fillIn, mayDisturb, mayRemind, nextChannel, type ReminderChannel, type ReminderStage, stageOf } from '@lantoa/shared/rules/reminders';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { PublicUrl } from '#platform/http';
import { Jobs } from '#platform/jobs';
import { PushDevice, Reminder } from './notification.entity.ts';
import { Gateway, Mailer, PushSender, Unreachable } from './senders.ts';
import { TemplatesService } from './templates.service.ts';

const LOOK_MS = 900_000;
const JOB = 'reminder:send';

interface Waiting { id: string; personId: string; dueOn: string; title: string; n: number; phone: string | null; email: string | null; devices: number; lastOn: string | null; used: ReminderChannel[]; stages: string[] }

/** Reminds people of refreshers: on the page, then outside it by the first way that reaches them; never at night, never twice in a week, never who does not want it. Sending is a job: a reminder is written down before it goes out, and goes out once. */
@Injectable()
export class RemindersService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('reminders');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly db: Db, private readonly jobs: Jobs, private readonly templates: TemplatesService, private readonly url: PublicUrl, private readonly push: PushSender, private readonly gateway: Gateway, private readonly mailer: Mailer) {}

  onModuleInit(): void {
    this.jobs.register<{ id: string }>(JOB, ({ id }) => this.deliver(id));
  }

  /** Looks every quarter of an hour, until the application stops. */
  start(): void {
    const again = () => { this.running = this.remind().catch((e: Error) => this.logger.error(e.message)); };
    again();
    this.timer = setInterval(again, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Writes down who is to be reminded now, and asks for it to be sent. @returns how many */
  remind(): Promise<number> {
    if (!mayDisturb(clock.now())) return Promise.resolve(0);
    return this.db.transaction(async () => {
      await this.db.lock('reminders');
      const today = clock.today();
      const reminded = new Set<string>();
      let made = 0;
      for (const w of await this.waiting(today)) {
        const stage = stageOf(w.dueOn, today);
        if (!stage || reminded.has(w.personId)) continue;
        await this.write(w, stage, 'in-app');
        if (w.stages.includes(stage) || !mayRemind(w.lastOn, today)) continue;
        const channel = nextChannel([...(w.devices ? ['push' as const] : []), ...(w.phone ? ['gateway' as const] : []), ...(w.email && this.mailer.goesOut ? ['email' as const] : [])], w.used);
        if (!channel) continue;
        const id = await this.write(w, stage, channel);
        if (!id) continue;
        await this.jobs.add(JOB, { id });
        reminded.add(w.personId);
        made++;
      }
      return made;
    });
  }

  /** Sends one that is written down. What may succeed later is tried again by the queue; what never will is noted. */
  private async deliver(id: string): Promise<void> {
    const reminder = await this.db.repo(Reminder).findOneBy({ id });
    if (reminder?.status !== 'waiting') return;
    if (!mayDisturb(clock.now())) throw new Error('at night nobody is reminded');
    try {
      await this.send(reminder);
      await this.db.repo(Reminder).update({ id }, { status: 'sent', sentAt: clock.now(), error: null });
    } catch (e) {
      const never = e instanceof Unreachable;
      await this.db.repo(Reminder).update({ id }, { ...(never && { status: 'failed' as const }), error: (e as Error).message.slice(0, 300) });
      if (!never) throw e;
    }
  }

  private async send(r: Reminder): Promise<void> {
    const { phone, email } = await this.db.row<{ phone: string | null; email: string | null }>('select p.phone, c.email from person p left join reminder_choice c on c.person_id = p.id where p.id = $1', [r.personId]);
    if (r.channel === 'push') return this.pushTo(await this.db.repo(PushDevice).findBy({ personId: r.personId }), r.text);
    if (r.channel === 'gateway' && phone) return this.gateway.send(r.id, phone, r.text);
    if (r.channel === 'email' && email) return this.mailer.send(email, r.text);
    throw new Unreachable('there is no address any more');
  }

  /** One browser of somebody is enough; those that have withdrawn are forgotten. */
  private async pushTo(devices: readonly PushDevice[], text: string): Promise<void> {
    let reached = false;
    for (const d of devices) {
      try {
        await this.push.send(d, text);
        reached = true;
      } catch (e) {
        if (!(e instanceof Unreachable)) throw e;
        await this.db.repo(PushDevice).delete({ id: d.id });
      }
    }
    if (!reached) throw new Unreachable('no browser is left');
  }

  private async write(w: Waiting, stage: ReminderStage, channel: ReminderChannel): Promise<string | null> {
    const [y, m, d] = w.dueOn.split('-');
    const text = fillIn(await this.templates.text(stage, channel), { n: w.n, title: w.title, day: `${d}/${m}/${y}`, link: this.url.to('/hoc') });
    const seen = channel === 'in-app';
    const { raw } = await this.db.repo(Reminder).createQueryBuilder().insert().values({ id: randomUUID(), refresherId: w.id, personId: w.personId, stage, channel, text, status: seen ? 'sent' : 'waiting', error: null, madeAt: clock.now(), sentAt: seen ? clock.now() : null }).orIgnore().returning('id').execute();
    return (raw as { id: string }[])[0]?.id ?? null;
  }

  /** Refreshers that are due and not done, of people who have not said no; the one that is due first of each person first. */
  private waiting(today: string): Promise<Waiting[]> {
    return this.db.rows<Waiting>(
      `select r.id, r.person_id as "personId", r.due_on as "dueOn", r.title, cardinality(r.question_version_ids) as n, p.phone, c.email, (select count(*) from push_device d where d.person_id = p.id)::int as devices,
          (select max((x.made_at at time zone 'Asia/Ho_Chi_Minh')::date) from reminder x where x.person_id = p.id and x.channel <> 'in-app' and x.status <> 'failed') as "lastOn",
          coalesce((select array_agg(x.channel) from reminder x where x.refresher_id = r.id), '{}') as used, coalesce((select array_agg(x.stage) from reminder x where x.refresher_id = r.id and x.channel <> 'in-app'), '{}') as stages
        from refresher r join person p on p.id = r.person_id left join campaign k on k.id = r.campaign_id left join reminder_choice c on c.person_id = p.id
        where r.due_on <= $1::date and r.due_on > $1::date - 30 and (k.id is null or k.status = 'running') and coalesce(c.allowed, true) and not exists (select 1 from attempt a where a.sitting_id = r.id and a.counts) order by r.due_on, r.id`, [today]);
  }
}
