export { BookPrintsService } from './book-prints.service.ts';
export { BookService, verifyRegister } from './book.service.ts';
export { ChangesService } from './changes.service.ts';
export { IssuersService } from './issuers.service.ts';
export { ReceiptsService } from './receipts.service.ts';
export { RegisterController } from './register.controller.ts';
export { CertificateType, type Evidence, Issuer, PaperReceipt, RegisterCounter, RegisterEntry, RegisterRequest } from './register.entity.ts';
export { RegisterQueries } from './register.queries.ts';
export { RegisterService, type ToIssue } from './register.service.ts';
