export { PaperMaker } from './paper-maker.ts';
export { PapersService } from './papers.service.ts';
export { PdfSigner } from './pdf-signer.ts';
export { PreviewsService } from './previews.service.ts';
export { CertificateTemplate, Paper, StampImage, TemplateVersion } from './template.entity.ts';
export { TemplatesController } from './templates.controller.ts';
export { TemplatesService } from './templates.service.ts';
