import { Module } from '@nestjs/common';
import { AccessModule } from '#modules/access';
import { CertificatesService } from './certificates.service.ts';
import { ChainService } from './chain.service.ts';
import { CredentialsController } from './credentials.controller.ts';
import { IssuersService } from './issuers.service.ts';
import { PapersService } from './papers.service.ts';
import { RegisterService } from './register.service.ts';
import { VerificationService } from './verification.service.ts';

@Module({
  imports: [AccessModule],
  controllers: [CredentialsController],
  providers: [RegisterService, PapersService, CertificatesService, ChainService, VerificationService, IssuersService],
  exports: [RegisterService, PapersService, CertificatesService, IssuersService],
})
export class CredentialsModule {}
