import { Injectable } from '@nestjs/common';
import type { EntryState, Verification } from '@lantoa/shared/credentials';
import type { Day } from '@lantoa/shared/rules/days';
import { fold } from '@lantoa/shared/rules/text';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { PublicUrl } from '#platform/http';
import type { Evidence } from '../register/register.entity.ts';
import { stateOn } from '../register/register.rules.ts';
import type { CheckCount } from './check.entity.ts';
import { CheckLog } from './check-log.ts';
import { type Found, VerificationQueries } from './verification.queries.ts';

/** One step up: a class, and the trainers with their own papers as they stood on the class's first day. */
export interface ChainStep { class: Evidence['class']; trainers: { name: string; body: string | null; registerNo: string | null; stateThen: EntryState | null; stateNow: EntryState | null }[] }
export type Outcome =
  | { kind: EntryState; found: Found; chain: ChainStep[] }
  | { kind: 'not-found'; phone: string | null }
  | { kind: 'unavailable' }
  | { kind: 'too-many'; minutes: number };
/** How somebody asks. */
export type Question = { token: string } | { number: string; name: string };

/** Is this paper genuine and still in force? Trouble of ours must never read as "fake". */
@Injectable()
export class VerificationService {
  constructor(private readonly db: Db, private readonly queries: VerificationQueries, private readonly log: CheckLog, private readonly url: PublicUrl) {}

  /** By the token of the code on the paper, or by number and full name, which must both fit; without marks and capitals is enough. */
  async ask(question: Question, via: CheckCount['via']): Promise<Outcome> {
    try {
      const found = 'token' in question ? await this.queries.byToken(question.token) : await this.queries.byNumber(question.number.trim().toUpperCase(), fold(question.name));
      const outcome: Outcome = found ? outcomeOf(found) : { kind: 'not-found', phone: await this.phone() };
      this.log.note(via, outcome.kind, found?.id ?? null);
      return outcome;
    } catch {
      return { kind: 'unavailable' };
    }
  }

  /** The same for programs. */
  async answer(question: Question): Promise<Verification> {
    const o = await this.ask(question, 'machine');
    const checkedAt = clock.now().toISOString();
    if (!('found' in o)) return { outcome: o.kind === 'not-found' ? 'not-found' : 'unavailable', checkedAt, certificate: null };
    const { found: f } = o;
    return { outcome: o.kind, checkedAt, certificate: { registerNo: f.registerNo, title: f.title, hours: f.hours, issuer: f.issuer, issuedOn: f.issuedOn, validUntil: f.validUntil, endedOn: f.later.at(-1)?.issuedOn ?? null, replacedBy: f.later.at(-1)?.registerNo ?? null, chain: o.chain.map((s) => ({ code: s.class.code, title: s.class.title, from: s.class.from, until: s.class.until, trainers: s.trainers.map((t) => ({ registerNo: t.registerNo, stateThen: t.stateThen })) })) } };
  }

  /** The address that visitors must see in their browser. */
  get host(): string {
    return new URL(this.url.value).host;
  }

  /** Whom to call about a paper that is not in the book. */
  async phone(): Promise<string | null> {
    return (await this.db.rows<{ phone: string }>('select phone from issuer where phone is not null order by slug limit 1'))[0]?.phone ?? null;
  }
}

function outcomeOf(found: Found): Outcome {
  const day = clock.today();
  const chain = found.above.map(({ evidence, papers }): ChainStep => ({ class: evidence.class, trainers: evidence.trainers.map((t) => trainerThen(t, papers.find((p) => p.id === t.entryId), evidence.class.from, day)) }));
  return { kind: stateOn(found, found.later, day), found, chain };
}

type Paper = { registerNo: string; issuedOn: Day; validUntil: Day; later: { kind: string; issuedOn: Day }[] };
const trainerThen = (t: Evidence['trainers'][number], paper: Paper | undefined, then: Day, now: Day): ChainStep['trainers'][number] =>
  ({ name: t.name, body: t.body, registerNo: paper?.registerNo ?? null, stateThen: paper ? stateOn(paper, paper.later, then) : null, stateNow: paper ? stateOn(paper, paper.later, now) : null });
