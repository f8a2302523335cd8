import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Session as SessionView, signIn } from '@lantoa/shared/access';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { rolePermissions, staffRoles } from '@lantoa/shared/permissions';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { PeopleService } from '#modules/people';
import { Account, Session } from './account.entity.ts';
import { hashToken, newToken, refuseSlowly, secretMatches } from './hashing.ts';
import { Limits } from './limits.ts';
import { RolesService } from './roles.service.ts';
import { SecondStepService } from './second-step.service.ts';

/** Where a request comes from: for limits and for the list of devices. */
export interface Origin { address: string; label: string }
/** What the browser must keep; the token is never stored in clear. */
export interface SignedIn { token: string; maxAgeSeconds: number; session: SessionView }

const DAY_SECONDS = 86_400;
/** A learner's own phone is trusted for 180 days, a staff session for a working day. */
const TRUST_SECONDS = { pin: 180 * DAY_SECONDS, password: DAY_SECONDS / 2 };

@Injectable()
export class SessionsService {
  constructor(private readonly db: Db, private readonly people: PeopleService, private readonly roles: RolesService, private readonly limits: Limits, private readonly audit: Audit, private readonly secondStep: SecondStepService) {}

  /** The actor of a session token, or `null`. One statement: this runs before every request. */
  async actorOf(token: string): Promise<Actor | null> {
    const [row] = await this.db.prepared<{ id: string; personId: string; stale: boolean; grants: Actor['grants'] | null }>(
      `select s.id, s.person_id as "personId", s.seen_at < $2::timestamptz - interval '1 hour' as stale,
          (select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id)) from role_grant g where g.person_id = s.person_id and g.valid @> $3::date) as grants
        from session s where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2::timestamptz`, [hashToken(token), clock.now(), clock.today()]);
    if (!row) return null;
    if (row.stale) await this.db.rows('update session set seen_at = $2 where id = $1', [row.id, clock.now()]);
    const grants = row.grants ?? [];
    return this.roles.actorOf(row.personId, row.id, (await this.secondStep.stillAsked(row.personId, grants)) ? [] : grants);
  }

  async view(actor: Actor | null): Promise<SessionView> {
    if (!actor) return { person: null, roles: [], permissions: [], mustSecure: false };
    const { id, name, sex, code } = await this.people.find(actor.personId);
    const mustSecure = await this.secondStep.stillAsked(actor.personId, await this.roles.grantsOf(actor.personId));
    const roles = mustSecure ? [] : [...new Set(actor.grants.map((g) => g.role))];
    return { person: { id, name, sex, code }, roles, permissions: [...new Set(roles.flatMap((r) => rolePermissions[r]))], mustSecure };
  }

  async signIn({ body }: ArgsOf<typeof signIn>, origin: Origin): Promise<SignedIn> {
    const login = body.login.replace(/\s/g, '').toUpperCase();
    await this.limits.spend('address', origin.address);
    await this.limits.spend('secret', login);
    const account = await this.matching(body.login, body.secret);
    if (!account) throw problem('access.wrong-secret');
    await this.secondStep.check(account.personId, body.code);
    if (account.secretKind === 'pin' && (await this.roles.needsPassword(account.personId))) throw problem('access.password-needed');
    await this.limits.clear('secret', login);
    return this.open(account, origin);
  }

  /** A shared phone has several people; the secret says which one. */
  private async matching(login: string, secret: string): Promise<Account | null> {
    const people = await this.people.findByLogin(login);
    let found: Account | null = null;
    for (const { id } of people.slice(0, 5)) {
      const account = await this.db.repo(Account).findOneBy({ personId: id });
      if (account && (await secretMatches(account.secretHash, secret))) found ??= account;
    }
    return found ?? ((await refuseSlowly(secret)) || null);
  }

  async open(account: Pick<Account, 'personId' | 'secretKind'>, origin: Origin): Promise<SignedIn> {
    const token = newToken();
    const now = clock.now();
    const staff = (await this.roles.grantsOf(account.personId)).some((g) => staffRoles.includes(g.role));
    const maxAgeSeconds = staff ? TRUST_SECONDS.password : TRUST_SECONDS[account.secretKind];
    const id = randomUUID();
    await this.db.transaction(async () => {
      await this.db.repo(Session).insert({ id, tokenHash: hashToken(token), personId: account.personId, label: origin.label.slice(0, 120), createdAt: now, seenAt: now, expiresAt: new Date(now.getTime() + maxAgeSeconds * 1000), endedAt: null });
      await this.audit.record({ personId: account.personId }, 'session.opened', { type: 'person', id: account.personId });
    });
    return { token, maxAgeSeconds, session: await this.view(await this.roles.actorOf(account.personId, id)) };
  }

  /** Ends every session of somebody but this one. @returns how many */
  async endOthers(personId: string, sessionId: string | null): Promise<number> {
    return (await this.db.rows('update session set ended_at = $3 where person_id = $1 and id is distinct from $2 and ended_at is null returning 1', [personId, sessionId, clock.now()])).length;
  }

  async end(actor: Actor, sessionId: string): Promise<void> {
    await this.db.rows('update session set ended_at = $3 where id = $1 and person_id = $2 and ended_at is null', [sessionId, actor.personId, clock.now()]);
  }

  async devices(actor: Actor) {
    const rows = await this.db.rows<{ id: string; label: string; createdAt: Date; seenAt: Date }>(
      'select id, label, created_at as "createdAt", seen_at as "seenAt" from session where person_id = $1 and ended_at is null and expires_at > $2 order by seen_at desc', [actor.personId, clock.now()]);
    return { items: rows.map((r) => ({ ...r, current: r.id === actor.sessionId, createdAt: r.createdAt.toISOString(), seenAt: r.seenAt.toISOString() })) };
  }
}
