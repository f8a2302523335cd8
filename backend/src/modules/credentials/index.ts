export { CertificatesService } from './certificates.service.ts';
export { CredentialsModule } from './credentials.module.ts';
export { IssuersService } from './issuers.service.ts';
export { PapersService } from './papers.service.ts';
export { CertificateType, type Evidence, Issuer, Paper, RegisterCounter, RegisterEntry } from './register.entity.ts';
export { RegisterService, type ToIssue } from './register.service.ts';
