import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { endGrant, grantRole } from '@lantoa/shared/access';
import { type Permission, type Role, rolePermissions, staffRoles, unitRoles } from '@lantoa/shared/permissions';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, type Reach, reaches } from '#platform/http';
import { UnitChangesService, UnitsService } from '#modules/organisation';
import { MergesService } from '#modules/people';
import { RoleGrant } from './account.entity.ts';

type Grants = readonly { role: Role; unitId: string | null }[];

/** Who holds which role where, and what follows from it. */
@Injectable()
export class RolesService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly units: UnitsService, private readonly audit: Audit, private readonly merges: MergesService, private readonly changes: UnitChangesService) {}

  onModuleInit(): void {
    // Rights do not pass to a successor: they must be given anew.
    this.changes.counting({ name: 'roles', sql: 'select count(*)::int as n from role_grant where unit_id = any($1::uuid[]) and valid @> $2::date' });
    this.merges.follows({ table: 'role_grant', key: 'id', clash: 'exists (select 1 from role_grant k where k.person_id = $1 and k.role = x.role and k.unit_id is not distinct from x.unit_id and k.valid && x.valid)' });
    // How somebody signs in follows only where the record that stays has no way in of its own.
    this.merges.follows({ table: 'session', key: 'id', clash: 'exists (select 1 from account k where k.person_id = $1)' });
    this.merges.follows({ table: 'account', key: 'secret_id', clash: 'exists (select 1 from account k where k.person_id = $1)' });
  }

  /** The roles held today. */
  async grantsOf(personId: string): Promise<{ role: Role; unitId: string | null }[]> {
    return this.db.prepared('select role, unit_id as "unitId" from role_grant where person_id = $1 and valid @> $2::date', [personId, clock.today()]);
  }

  /** An actor as services know it. */
  async actorOf(personId: string, sessionId: string | null = null, grants?: Grants): Promise<Actor> {
    const held = grants ?? (await this.grantsOf(personId));
    const reaches = new Map<Permission, Promise<Reach>>();
    return {
      personId, sessionId, grants: held,
      can: (permission) => held.some((g) => rolePermissions[g.role].includes(permission)),
      reach: (permission) => {
        const known = reaches.get(permission) ?? this.reachOf(held, permission);
        reaches.set(permission, known);
        return known;
      },
    };
  }

  async needsPassword(personId: string): Promise<boolean> {
    return (await this.grantsOf(personId)).some((g) => staffRoles.includes(g.role));
  }

  /** Gives a role at a unit inside the giver's own reach. */
  grant(actor: Actor, { params, body }: ArgsOf<typeof grantRole>) {
    return this.db.transaction(async () => {
      if (!reaches(await actor.reach('role.grant'), body.unitId)) throw problem('organisation.unit-not-found');
      const unit = await this.units.validOn(body.unitId, clock.today());
      const id = await this.give(actor, params.personId, body.role, body.unitId);
      return { id, role: body.role, unitId: unit.id, unitName: unit.name, from: clock.today(), until: null };
    });
  }

  /** Gives a role from today, unless it is held already; also for the program itself (a certificate that carries the right to teach). */
  async give(actor: Actor | null, personId: string, role: Role, unitId: string | null): Promise<string> {
    const [held] = await this.db.rows<{ id: string }>('select id from role_grant where person_id = $1 and role = $2 and unit_id is not distinct from $3 and upper_inf(valid)', [personId, role, unitId]);
    if (held) return held.id;
    const id = randomUUID();
    await this.db.repo(RoleGrant).insert({ id, personId, role, unitId, valid: { from: clock.today(), until: null }, grantedBy: actor?.personId ?? null });
    await this.audit.record(actor, 'role.granted', { type: 'person', id: personId }, { role, unitId });
    return id;
  }

  /** Ends a role today. The last owner stays. */
  end(actor: Actor, { params }: ArgsOf<typeof endGrant>) {
    return this.db.transaction(async () => {
      const grant = orProblem(await this.db.repo(RoleGrant).findOneBy({ id: params.grantId }), 'access.not-found');
      if (!reaches(await actor.reach('role.grant'), grant.unitId)) throw problem('access.not-found');
      await this.db.lock('owner-grants');
      const owners = await this.db.rows("select 1 from role_grant where role = 'owner' and upper_inf(valid)");
      if (grant.role === 'owner' && owners.length < 2) throw problem('access.not-allowed');
      await this.db.rows("update role_grant set valid = case when lower(valid) >= $2::date then 'empty'::daterange else daterange(lower(valid), $2::date) end where id = $1", [grant.id, clock.today()]);
      await this.audit.record(actor, 'role.ended', { type: 'person', id: grant.personId }, { role: grant.role, unitId: grant.unitId });
      return {};
    });
  }

  private async reachOf(grants: Grants, permission: Permission): Promise<Reach> {
    const giving = grants.filter((g) => unitRoles.includes(g.role) && rolePermissions[g.role].includes(permission));
    if (giving.some((g) => g.unitId === null)) return 'everywhere';
    return giving.length ? this.units.territory(giving.map((g) => g.unitId as string)) : new Set();
  }
}
