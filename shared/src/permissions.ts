/** Who may do what. The list is closed: a handler that names another permission does not compile. */
export const roles = ['learner', 'trainer', 'unit-admin', 'registrar', 'approver', 'editor', 'reviewer', 'auditor', 'owner'] as const;
export type Role = (typeof roles)[number];

/** Roles that sign in with a password of at least ten characters and not with a PIN. */
export const staffRoles: readonly Role[] = ['unit-admin', 'registrar', 'approver', 'editor', 'reviewer', 'auditor', 'owner'];

export const permissions = [
  'unit.read', 'unit.change', 'person.read', 'person.write', 'person.read-sensitive', 'slip.issue', 'role.grant',
  'course.read', 'course.draft', 'course.edit', 'course.review', 'class.read', 'class.open', 'class.run', 'class.approve', 'programme.edit',
  'cascade.read', 'campaign.run', 'batch.prepare', 'batch.approve', 'register.read', 'template.edit', 'template.seal', 'audit.read', 'system.read', 'system.run', 'privacy.run',
] as const;
export type Permission = (typeof permissions)[number];

/** `public`: no session asked for. `self`: any signed-in person, about their own things; the service's policy narrows it. */
export type Gate = Permission | 'public' | 'self';

const READ: Permission[] = ['unit.read', 'person.read', 'course.read', 'class.read', 'cascade.read', 'register.read'];

export const rolePermissions: Record<Role, readonly Permission[]> = {
  learner: [],
  trainer: ['unit.read', 'course.read', 'class.read', 'class.open', 'class.run', 'slip.issue'],
  'unit-admin': [...READ, 'privacy.run', 'campaign.run', 'unit.change', 'person.write', 'slip.issue', 'class.open', 'class.run', 'class.approve', 'programme.edit', 'template.edit'],
  registrar: [...READ, 'batch.prepare', 'template.edit'],
  approver: [...READ, 'batch.approve'],
  editor: ['unit.read', 'course.read', 'course.draft', 'course.edit'],
  reviewer: ['unit.read', 'course.read', 'course.draft', 'course.review'],
  auditor: [...READ, 'audit.read'],
  owner: [...READ, 'campaign.run', 'unit.change', 'course.draft', 'course.edit', 'course.review', 'person.write', 'slip.issue', 'role.grant', 'class.open', 'class.run', 'class.approve', 'programme.edit', 'batch.prepare', 'batch.approve', 'template.edit', 'template.seal', 'audit.read', 'system.read', 'system.run', 'privacy.run'],
};

/** Roles whose reach is a unit and everything under it. A trainer reaches only the own classes, a learner only the own records. */
export const unitRoles: readonly Role[] = ['unit-admin', 'registrar', 'approver', 'auditor', 'editor', 'reviewer', 'owner'];
