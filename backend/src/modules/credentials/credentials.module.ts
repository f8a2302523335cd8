import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { OrganisationModule, UnitChangesService } from '#modules/organisation';
import { CertificatesService } from './certificates.service.ts';
import { ChainService } from './chain.service.ts';
import { CredentialsController } from './credentials.controller.ts';
import { IssuersService } from './issuers.service.ts';
import { PapersService } from './papers.service.ts';
import { RegisterService } from './register.service.ts';
import { VerificationService } from './verification.service.ts';

@Module({
  imports: [AccessModule, OrganisationModule],
  controllers: [CredentialsController],
  providers: [RegisterService, PapersService, CertificatesService, ChainService, VerificationService, IssuersService],
  exports: [RegisterService, PapersService, CertificatesService, IssuersService],
})
export class CredentialsModule {
  /** What a change of units touches here: certificates keep the name that their unit had. */
  constructor(changes: UnitChangesService) {
    changes.counting({ name: 'certificates', sql: "select count(*)::int as n from register_entry where kind = 'issue' and unit_id = any($1::uuid[]) and issued_on < $2::date" });
  }
}
