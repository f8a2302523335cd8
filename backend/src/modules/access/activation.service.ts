import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { activate, checkSlip, claimInstallation, issueSlips, SlipProof } from '@lantoa/shared/access';
import type { changeSecret } from '@lantoa/shared/account';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { staffRoles } from '@lantoa/shared/permissions';
import { addDays, dayInVietnam } from '@lantoa/shared/rules/days';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, PublicUrl, reaches } from '#platform/http';
import { PostingsService } from '#modules/organisation';
import { PeopleService, type Person } from '#modules/people';
import { Account, ActivationSlip, Consent, OwnerClaim } from './account.entity.ts';
import { hashSecret, hashSlipCode, hashToken, newSlipCode, newToken } from './hashing.ts';
import { Limits } from './limits.ts';
import { RolesService } from './roles.service.ts';
import { commonSecrets } from './guessable-secrets.ts';
import { passwordFault, pinFault, slipDigits } from './secrets.rules.ts';
import { SecondStepService } from './second-step.service.ts';
import { type Origin, SessionsService, type SignedIn } from './sessions.service.ts';

const SLIP_DAYS = 60;

/** Getting in for the first time: with a printed slip, or as the owner of an empty installation. */
@Injectable()
export class ActivationService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly url: PublicUrl, private readonly people: PeopleService, private readonly postings: PostingsService, private readonly roles: RolesService, private readonly sessions: SessionsService, private readonly limits: Limits, private readonly secondStep: SecondStepService) {}

  /** New slips; the earlier unused slip of each person is void. The caller has checked that the actor may see these people. Those with a staff role are passed over where the actor may not give roles: whoever has a slip can become its person. */
  issue(actor: Actor | null, { body }: ArgsOf<typeof issueSlips>) {
    return this.db.transaction(async () => {
      const people = await this.people.findAll(body.personIds);
      const now = clock.now();
      const expiresOn = addDays(dayInVietnam(now), SLIP_DAYS);
      const items = [];
      const barred = await this.barred(actor, body.personIds);
      if (body.personIds.every((id) => barred.has(id))) throw problem('access.staff-slip');
      for (const personId of body.personIds.filter((id) => !barred.has(id))) {
        const person = people.get(personId);
        if (!person) throw problem('people.not-found');
        const [code, secret] = [newSlipCode(), newToken()];
        await this.db.rows('update activation_slip set voided_at = $2 where person_id = $1 and used_at is null and voided_at is null', [personId, now]);
        await this.db.repo(ActivationSlip).insert({ id: randomUUID(), personId, codeHash: hashSlipCode(personId, code), secretHash: hashToken(secret), issuedAt: now, expiresAt: new Date(`${expiresOn}T16:59:59Z`), usedAt: null, voidedAt: null });
        items.push({ personId, name: person.name, code: `${code.slice(0, 4)} ${code.slice(4)}`, link: this.url.to(`/vao/k#${secret}`), expiresOn });
      }
      await this.audit.record(actor, 'slips.issued', { type: 'person', id: body.personIds[0] ?? '' }, { count: items.length });
      return { items };
    });
  }

  async check({ body }: ArgsOf<typeof checkSlip>, origin: Origin) {
    const { person } = await this.slipFor(body.proof, origin);
    const posting = (await this.postings.current([person.id], clock.today())).get(person.id);
    return { name: person.name, birthYear: person.birthYear, unitName: posting?.unitName ?? null, needs: (await this.roles.needsPassword(person.id)) ? ('password' as const) : ('pin' as const) };
  }

  async activate({ body }: ArgsOf<typeof activate>, origin: Origin): Promise<SignedIn> {
    const { person, slip } = await this.slipFor(body.proof, origin);
    const kind = (await this.roles.needsPassword(person.id)) ? 'password' : 'pin';
    await this.refuseWeak(kind, body.secret, person);
    // A slip says who somebody is; it does not stand for the step that they have set up.
    await this.secondStep.check(person.id, body.code);
    const account = { personId: person.id, secretKind: kind, secretHash: await hashSecret(body.secret), activatedAt: clock.now() } as const;
    return this.db.transaction(async () => {
      const used = await this.db.rows('update activation_slip set used_at = $2 where id = $1 and used_at is null and voided_at is null returning id', [slip.id, clock.now()]);
      if (!used.length) throw problem('access.slip-used');
      await this.db.repo(Account).upsert(account, ['personId']);
      // Whoever had the secret before this slip has it no more.
      await this.sessions.endOthers(person.id, null);
      await this.db.repo(Consent).insert({ id: randomUUID(), personId: person.id, purpose: 'learning', textVersion: body.consent, at: clock.now() });
      await this.audit.record({ personId: person.id }, 'account.activated', { type: 'person', id: person.id });
      return this.sessions.open(account, origin);
    });
  }

  /** A new PIN or password of one's own; all other devices have to come in again. */
  async change(actor: Actor, { body }: ArgsOf<typeof changeSecret>): Promise<{ ended: number }> {
    const account = await this.secondStep.mustBe(actor, body.secret);
    const person = await this.people.find(actor.personId);
    const secretKind = (await this.roles.needsPassword(person.id)) ? 'password' : account.secretKind;
    await this.refuseWeak(secretKind, body.next, person);
    const secretHash = await hashSecret(body.next);
    return this.db.transaction(async () => {
      await this.db.repo(Account).update({ personId: person.id }, { secretKind, secretHash });
      await this.audit.record(actor, 'account.secret-changed', { type: 'person', id: person.id });
      return { ended: await this.sessions.endOthers(person.id, actor.sessionId) };
    });
  }

  /** The link for the first owner, or `null` once there is one. A new link makes the last one void. */
  async ownerLink(): Promise<string | null> {
    const owners = await this.db.rows("select 1 from role_grant where role = 'owner' limit 1");
    if (owners.length) return null;
    const token = newToken();
    await this.db.repo(OwnerClaim).upsert({ only: true, tokenHash: hashToken(token) }, ['only']);
    return this.url.to(`/vao/chu#${token}`);
  }

  async claim({ body }: ArgsOf<typeof claimInstallation>, origin: Origin): Promise<SignedIn> {
    await this.limits.spend('address', origin.address);
    const fault = passwordFault(body.password, [body.phone.replace(/\D/g, '')], await commonSecrets());
    if (fault) throw problem('access.weak-password', { reason: fault });
    const secretHash = await hashSecret(body.password);
    return this.db.transaction(async () => {
      const claimed = await this.db.rows('delete from owner_claim where token_hash = $1 returning token_hash', [hashToken(body.token)]);
      if (!claimed.length) throw problem('access.slip-invalid');
      const person = await this.people.create(null, { name: body.name, phone: body.phone, birthYear: null, sex: null });
      await this.roles.give(null, person.id, 'owner', null);
      const account = { personId: person.id, secretKind: 'password', secretHash, activatedAt: clock.now() } as const;
      await this.db.repo(Account).insert(account);
      return this.sessions.open(account, origin);
    });
  }

  /** How somebody signs in, for those who may see the person. */
  async account(personId: string) {
    const account = await this.db.repo(Account).findOneBy({ personId });
    const [slip] = await this.db.rows<{ expiresAt: Date }>('select expires_at as "expiresAt" from activation_slip where person_id = $1 and used_at is null and voided_at is null and expires_at > $2', [personId, clock.now()]);
    const grants = await this.db.rows(
      `select g.id, g.role, g.unit_id as "unitId", lower(g.valid) as "from", upper(g.valid) as until,
          (select v.name from unit_version v where v.unit_id = g.unit_id order by v.valid desc limit 1) as "unitName"
        from role_grant g where g.person_id = $1 and not isempty(g.valid) order by lower(g.valid)`, [personId]);
    return { activatedAt: account?.activatedAt.toISOString() ?? null, slipExpiresOn: slip ? dayInVietnam(slip.expiresAt) : null, secondStep: (await this.secondStep.state(personId)).since !== null, grants: grants as never };
  }

  /** Whose slip a scanned secret is, also of one that is used or void: it lets nobody in here, it only names. `null` for a strange one. */
  async holderOf(secret: string): Promise<string | null> {
    const [slip] = await this.db.rows<{ personId: string }>('select coalesce(p.merged_into_id, p.id) as "personId" from activation_slip s join person p on p.id = s.person_id where s.secret_hash = $1', [hashToken(secret)]);
    return slip?.personId ?? null;
  }

  /** The slip that a proof opens. Wrong proofs all look alike; only a right one is told that it is used or expired. */
  private async slipFor(proof: SlipProof, origin: Origin): Promise<{ slip: ActivationSlip; person: Person }> {
    await this.limits.spend('address', origin.address);
    const key = 'secret' in proof ? proof.secret.slice(0, 64) : proof.login.replace(/\s/g, '').toUpperCase();
    await this.limits.spend('slip', key);
    const slip = 'secret' in proof ? await this.bySecret(proof) : await this.byCode(proof);
    if (!slip || slip.slip.voidedAt) throw problem('access.slip-invalid');
    if (slip.slip.usedAt) throw problem('access.slip-used');
    if (slip.slip.expiresAt < clock.now()) throw problem('access.slip-expired');
    await this.limits.clear('slip', key);
    return slip;
  }

  private async bySecret(proof: { secret: string; birthYear: number }) {
    const slip = await this.db.repo(ActivationSlip).findOneBy({ secretHash: hashToken(proof.secret) });
    const person = slip && (await this.people.find(slip.personId));
    return slip && person && person.birthYear === proof.birthYear ? { slip, person } : null;
  }

  private async byCode(proof: { login: string; code: string }) {
    for (const person of await this.people.findByLogin(proof.login)) {
      const slip = await this.db.repo(ActivationSlip).findOne({ where: { personId: person.id, codeHash: hashSlipCode(person.id, slipDigits(proof.code)) }, order: { issuedAt: 'DESC' } });
      if (slip) return { slip, person };
    }
    return null;
  }

  /** Those of these people for whom this actor may not make a slip: holders of staff roles, and who asked to be deleted. */
  private async barred(actor: Actor | null, personIds: readonly string[]): Promise<Set<string>> {
    if (!actor) return new Set();
    const erased = await this.db.rows<{ id: string }>('select id from person where id = any($1::uuid[]) and erased_at is not null', [personIds]);
    const reach = await actor.reach('role.grant');
    const rows = await this.db.rows<{ id: string; unitId: string | null }>('select person_id as id, unit_id as "unitId" from role_grant where person_id = any($1::uuid[]) and role = any($2) and (valid @> $3::date or lower(valid) > $3::date)', [personIds, staffRoles, clock.today()]);
    return new Set([...erased, ...rows.filter((r) => !reaches(reach, r.unitId))].map((r) => r.id));
  }

  private async refuseWeak(kind: 'pin' | 'password', secret: string, person: Person): Promise<void> {
    const common = await commonSecrets();
    const pin = kind === 'pin' ? pinFault(secret, person.birthYear, common) : null;
    if (pin) throw problem('access.weak-pin', { reason: pin });
    const password = kind === 'password' ? passwordFault(secret, [person.code, person.phone?.slice(3) ?? ''], common) : null;
    if (password) throw problem('access.weak-password', { reason: password });
  }
}
