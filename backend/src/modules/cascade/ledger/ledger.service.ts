import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Db } from '#platform/db';
import { Live } from '#platform/live';
import { addUp, ALL, each } from './amounts.ts';
import { LedgerNews, type News } from './ledger-news.ts';
import { CLASSES, PEOPLE, PLACES, TARGETS } from './ledger.sources.ts';
import { ANCESTORS, MOVE_UNITS } from './unit-ancestors.ts';

/** Until the next look for news; with the time that following takes, figures are seconds old. */
const PAUSE_MS = 1000;

/** Adds rows that have just been written or taken away (`moved`) to the sums of every unit that they lie in. */
const spread = (moved: string, sign: '' | '-'): string => addUp(
  `moved as (${moved})`, `select m.of_id, a.ancestor_id as unit_id, m.day, a.valid, ${each((a) => `${sign}sum(m.${a}) as ${a}`)} from moved m join unit_ancestor a on a.unit_id = m.unit_id and (upper(a.valid) is null or upper(a.valid) > m.day) group by 1, 2, 3, 4`);

const WRITE = (select: string): string => `insert into cascade_part (source_id, of_id, unit_id, day, ${each((a) => a)}) ${select} returning *`;

/**
 * Keeps the sums of the cascade: what a class, a person, a place or a target adds is written down as its part, and added to every unit that it lies in. When one changes, its old
 * part is taken off and the new one added, so the cost does not depend on how much there is. Everything here can be made again from the facts.
 */
@Injectable()
export class Ledger implements OnApplicationShutdown {
  private readonly logger = new Logger('ledger');
  private timer: NodeJS.Timeout | undefined;
  private following: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(private readonly db: Db, private readonly live: Live, private readonly news: LedgerNews) {}

  /** Follows the news until the application stops. */
  start(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.following = this.catchUp().catch((e: Error) => this.logger.error(e.message)).then(() => this.start());
    }, PAUSE_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.following;
  }

  /** Brings the sums up to everything that is committed. @returns how many pieces of news there were */
  async catchUp(): Promise<number> {
    if (!(await this.db.rows('select 1 from cascade_news limit 1')).length) return 0;
    return this.db.transaction(async () => {
      await this.db.lock('cascade-ledger');
      const news = await this.db.rows<News>('with taken as (delete from cascade_news returning kind, id) select distinct kind, id from taken');
      if (news.length) await this.follow(news);
      this.live.tell('cascade');
      return news.length;
    });
  }

  /** Throws all sums away and makes them from the facts. */
  async rebuild(): Promise<void> {
    await this.db.transaction(async () => {
      await this.db.lock('cascade-ledger');
      await this.db.rows('truncate cascade_news, cascade_part, cascade_sum, cascade_month, cascade_year, unit_ancestor');
      await this.db.rows(`insert into unit_ancestor (unit_id, ancestor_id, valid) ${ANCESTORS}`);
      for (const source of [CLASSES, PEOPLE, PLACES, TARGETS]) await this.db.rows(spread(WRITE(source), ''), [null]);
    });
  }

  private async follow(news: News[]): Promise<void> {
    const moved = news.some((n) => n.kind === 'units') ? await this.followUnits() : [];
    const people = await this.news.people(news);
    await this.replace(CLASSES, await this.news.classes(news));
    await this.replace(PEOPLE, people);
    await this.replace(TARGETS, news.flatMap((n) => (n.kind === 'target' && n.id ? [n.id] : [])));
    await this.replace(PLACES, await this.news.places(news, people, moved));
  }

  /** Takes the parts of these sources off the sums and adds what they are now. */
  private async replace(source: string, ids: string[]): Promise<void> {
    if (!ids.length) return;
    await this.db.rows(spread('delete from cascade_part where source_id = any($1::uuid[]) returning *', '-'), [ids]);
    await this.db.rows(spread(WRITE(source), ''), [ids]);
  }

  /** The map has changed: what lies elsewhere now is moved from sum to sum. @returns the units that it concerns, with those above */
  private async followUnits(): Promise<string[]> {
    for (const statement of MOVE_UNITS) await this.db.rows(statement);
    const units = await this.db.rows<{ id: string }>(`select unit_id as id from ancestor_change union select ancestor_id from ancestor_change where ancestor_id <> '${ALL}'`);
    await this.db.rows('drop table ancestor_change');
    return units.map((u) => u.id);
  }
}
