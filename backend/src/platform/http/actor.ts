import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '@lantoa/shared/permissions';

/** The units where an actor may use a permission. */
export type Reach = 'everywhere' | ReadonlySet<string>;

/** Who asks: the signed-in person with the roles held today. */
export interface Actor {
  readonly personId: string;
  readonly sessionId: string | null;
  /** A role without a unit reaches the whole installation (the owner's). */
  readonly grants: readonly { role: Role; unitId: string | null }[];
  can(permission: Permission): boolean;
  /** Where, as of today; empty for a role that is not tied to units (learner, trainer). */
  reach(permission: Permission): Promise<Reach>;
}

/** Does a reach include this unit? */
export const reaches = (reach: Reach, unitId: string | null): boolean => reach === 'everywhere' || (unitId !== null && reach.has(unitId));

/** The cookies of a request as they came, for asking another door of ours in the same name. */
export const Cookies = createParamDecorator((_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest().headers.cookie ?? '');

/** The person whose session the guard has found. For endpoints that are not public. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => context.switchToHttp().getRequest().actor);
