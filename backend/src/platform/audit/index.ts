export { Audit } from './audit.ts';
export { AuditRow } from './audit.entity.ts';
