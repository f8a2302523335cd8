import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { OrganisationModule, UnitChangesService } from '#modules/organisation';
import { CertificatesService } from './certificates.service.ts';
import * as check from './check/door.ts';
import { CredentialsController } from './credentials.controller.ts';
import * as papers from './papers/door.ts';
import * as proof from './proof/door.ts';
import * as register from './register/door.ts';

@Module({
  imports: [AccessModule, OrganisationModule],
  controllers: [register.RegisterController, papers.TemplatesController, proof.ProofController, check.CheckController, CredentialsController],
  providers: [
    register.RegisterService, register.RegisterQueries, register.BookService, register.BookPrintsService, register.ChangesService, register.ReceiptsService, register.IssuersService,
    papers.PapersService, papers.PaperMaker, papers.PdfSigner, papers.TemplatesService, papers.PreviewsService,
    proof.KeysService, proof.DocumentsService, proof.StatusListsService, proof.BundlesService, proof.BadgesService, proof.ProofJobs,
    check.VerificationService, check.VerificationQueries, check.CheckLog, check.ForgeriesService, CertificatesService,
  ],
  exports: [register.RegisterService, register.RegisterQueries, register.BookService, register.BookPrintsService, register.IssuersService, papers.PapersService, papers.TemplatesService, proof.BundlesService, proof.KeysService, proof.StatusListsService, CertificatesService],
})
export class CredentialsModule {
  /** What a change of units touches here: certificates keep the name that their unit had. */
  constructor(changes: UnitChangesService) {
    changes.counting({ name: 'certificates', sql: "select count(*)::int as n from register_entry where kind = 'issue' and unit_id = any($1::uuid[]) and issued_on < $2::date" });
  }
}
