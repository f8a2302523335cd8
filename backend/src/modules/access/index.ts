export { AccessModule } from './access.module.ts';
export { Account, ActivationSlip, Consent, OwnerClaim, RecoveryCode, RoleGrant, SecondStep, Session } from './account.entity.ts';
export { ActivationService } from './activation.service.ts';
export { Limits } from './limits.ts';
export { RolesService } from './roles.service.ts';
export { SessionsService } from './sessions.service.ts';
