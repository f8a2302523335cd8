export { CertificatesService } from './certificates.service.ts';
export { CheckCount, ForgeriesService, ForgeryReport } from './check/door.ts';
export { CredentialsModule } from './credentials.module.ts';
export type { Offset } from './papers/paper-maker.ts';
export { shortDay } from './papers/paper-text.rules.ts';
export { CertificateTemplate, Paper, PapersService, StampImage, TemplatesService, TemplateVersion } from './papers/door.ts';
export { BundlesService, checkCredential, type Folder, KeysService, SignedDocument, SigningKey, StatusList, StatusListsService } from './proof/door.ts';
export { BookPrintsService, BookService, CertificateType, ChangesService, type Evidence, Issuer, IssuersService, PaperReceipt, RegisterCounter, RegisterEntry, RegisterQueries, RegisterRequest, RegisterService, type ToIssue, verifyRegister } from './register/door.ts';
export { numbersFrom, RENEWAL, renewedUntil, stageOn } from './register/register.rules.ts';
