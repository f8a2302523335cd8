export { ExportsService } from './exports.service.ts';
export { IndicatorSetVersion } from './indicator-set.entity.ts';
export { ReportsModule } from './reports.module.ts';
export { ReportsService } from './reports.service.ts';
