export { Audit } from './audit.ts';
export { AuditRow, AuditSeal } from './audit.entity.ts';
export { AuditSeals, type AuditVerdict } from './seals.ts';
