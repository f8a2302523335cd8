import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { beginSecondStep, confirmSecondStep, endSecondStep, renewRecoveryCodes } from '@lantoa/shared/account';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Role, staffRoles } from '@lantoa/shared/permissions';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { CONFIG, type Config } from '#platform/config';
import { Db } from '#platform/db';
import { type Actor, problem } from '#platform/http';
import { qrSvg } from '#platform/print';
import { Secrets } from '#platform/secrets';
import { Account, RecoveryCode, SecondStep } from './account.entity.ts';
import { secretMatches } from './hashing.ts';
import { Limits } from './limits.ts';
import { enrolmentOf, recoveryDigits, stepOf } from './second-step.rules.ts';

const SECRET_BYTES = 20;
const CODES = 10;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 10;
const hashOf = (code: string): Buffer => createHash('sha256').update(recoveryDigits(code)).digest();
const newCode = (): string => Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** The second step of signing in: a code of an authenticator app (TOTP), or one of ten recovery codes, each good once. */
@Injectable()
export class SecondStepService {
  constructor(private readonly db: Db, private readonly secrets: Secrets, private readonly limits: Limits, private readonly audit: Audit, @Inject(CONFIG) private readonly config: Config) {}

  async state(personId: string) {
    const step = await this.confirmed(personId);
    const left = step ? await this.db.repo(RecoveryCode).countBy({ personId, usedAt: IsNull() }) : 0;
    return { since: step?.confirmedAt?.toISOString() ?? null, recoveryCodesLeft: left, required: this.config.requireSecondStep };
  }

  /** Does this installation ask the step of somebody with these roles who has none yet? */
  async stillAsked(personId: string, grants: readonly { role: Role }[]): Promise<boolean> {
    return this.config.requireSecondStep && grants.some((g) => staffRoles.includes(g.role)) && !(await this.confirmed(personId));
  }

  /** Refuses a sign-in that lacks the step where somebody has one, or whose code is wrong. */
  async check(personId: string, code: string | undefined): Promise<void> {
    const step = await this.confirmed(personId);
    if (!step) return;
    if (!code) throw problem('access.code-needed');
    await this.limits.spend('second-step', personId);
    if (!(await this.take(step, code))) throw problem('access.wrong-code');
    await this.limits.clear('second-step', personId);
  }

  /** Gives a secret for the app; it counts once a code has shown that the app has it. */
  async begin(actor: Actor, { body }: ArgsOf<typeof beginSecondStep>) {
    await this.mustBe(actor, body.secret);
    if (await this.confirmed(actor.personId)) throw problem('access.step-is-on');
    const secret = randomBytes(SECRET_BYTES);
    await this.db.repo(SecondStep).upsert({ personId: actor.personId, sealed: this.secrets.seal(secret), confirmedAt: null, lastStep: 0 }, ['personId']);
    const { code } = await this.db.row<{ code: string }>('select code from person where id = $1', [actor.personId]);
    const { link, typed } = enrolmentOf(secret, code);
    return { typed, link, qrSvg: await qrSvg(link) };
  }

  confirm(actor: Actor, { body }: ArgsOf<typeof confirmSecondStep>): Promise<{ codes: string[] }> {
    return this.db.transaction(async () => {
      const step = await this.db.repo(SecondStep).findOneBy({ personId: actor.personId });
      if (!step || step.confirmedAt) throw problem('access.step-is-on');
      const at = stepOf(this.secrets.open(step.sealed), body.code, clock.now(), step.lastStep);
      if (at === null) throw problem('access.wrong-code');
      await this.db.repo(SecondStep).update({ personId: actor.personId }, { confirmedAt: clock.now(), lastStep: at });
      await this.audit.record(actor, 'second-step.added', { type: 'person', id: actor.personId });
      return { codes: await this.newCodes(actor.personId) };
    });
  }

  async renew(actor: Actor, { body }: ArgsOf<typeof renewRecoveryCodes>): Promise<{ codes: string[] }> {
    await this.mustBe(actor, body.secret);
    if (!(await this.confirmed(actor.personId))) throw problem('access.step-is-off');
    return this.db.transaction(async () => {
      await this.audit.record(actor, 'second-step.codes-renewed', { type: 'person', id: actor.personId });
      return { codes: await this.newCodes(actor.personId) };
    });
  }

  /** Somebody takes their own step away, with what they know and what they have. */
  async end(actor: Actor, { body }: ArgsOf<typeof endSecondStep>): Promise<object> {
    await this.mustBe(actor, body.secret);
    await this.check(actor.personId, body.code);
    return this.remove(actor, actor.personId);
  }

  /** Takes it away for who has lost phone and codes. */
  remove(actor: Actor, personId: string): Promise<object> {
    return this.db.transaction(async () => {
      await this.db.repo(RecoveryCode).delete({ personId });
      await this.db.repo(SecondStep).delete({ personId });
      await this.audit.record(actor, 'second-step.removed', { type: 'person', id: personId });
      return {};
    });
  }

  /** Whoever sits at an open session must still know the secret to change how one gets in. */
  async mustBe(actor: Actor, secret: string): Promise<Account> {
    await this.limits.spend('secret', actor.personId);
    const account = await this.db.repo(Account).findOneBy({ personId: actor.personId });
    if (!account || !(await secretMatches(account.secretHash, secret))) throw problem('access.wrong-secret-again');
    await this.limits.clear('secret', actor.personId);
    return account;
  }

  private async confirmed(personId: string): Promise<SecondStep | null> {
    const step = await this.db.repo(SecondStep).findOneBy({ personId });
    return step?.confirmedAt ? step : null;
  }

  /** Uses up a code: of two that come at once one is taken. */
  private async take(step: SecondStep, code: string): Promise<boolean> {
    const at = stepOf(this.secrets.open(step.sealed), code, clock.now(), step.lastStep);
    if (at !== null) return (await this.db.rows('update second_step set last_step = $2 where person_id = $1 and last_step < $2 returning 1', [step.personId, at])).length === 1;
    return (await this.db.rows('update recovery_code set used_at = $3 where person_id = $1 and hash = $2 and used_at is null returning 1', [step.personId, hashOf(code), clock.now()])).length === 1;
  }

  private async newCodes(personId: string): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newCode);
    await this.db.repo(RecoveryCode).delete({ personId });
    await this.db.repo(RecoveryCode).insert(codes.map((c) => ({ id: randomUUID(), personId, hash: hashOf(c), usedAt: null })));
    return codes.map((c) => `${c.slice(0, 5)}-${c.slice(5)}`);
  }
}
