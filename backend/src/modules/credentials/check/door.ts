export { CheckController } from './check.controller.ts';
export { CheckCount, ForgeryReport } from './check.entity.ts';
export { CheckLog } from './check-log.ts';
export { ForgeriesService } from './forgeries.service.ts';
export { VerificationQueries } from './verification.queries.ts';
export { VerificationService } from './verification.service.ts';
