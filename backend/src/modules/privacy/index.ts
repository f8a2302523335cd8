export { OwnData } from './own-data.ts';
export { ConsentEnd, DataIncident, DataIncidentStep, PrivacyRequest } from './privacy.entity.ts';
export { PrivacyModule } from './privacy.module.ts';
export { RequestsService } from './requests.service.ts';
export { Retention } from './retention.ts';
