export { BadgesService } from './badges.service.ts';
export { BundlesService } from './bundles.service.ts';
export { checkCredential, type Folder } from './credential-check.ts';
export { DocumentsService } from './documents.service.ts';
export { KeysService } from './keys.service.ts';
export { ProofController } from './proof.controller.ts';
export { ProofJobs } from './proof-jobs.ts';
export { SignedDocument, SigningKey, StatusList } from './signing.entity.ts';
export { StatusListsService } from './status-lists.service.ts';
