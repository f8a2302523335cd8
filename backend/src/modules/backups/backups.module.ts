import { Module } from '@nestjs/common';
import { CredentialsModule } from '#modules/credentials';
import { BackupsController } from './backups.controller.ts';
import { BackupsService } from './backups.service.ts';
import { Copies } from './copies.ts';
import { Trial } from './trial.ts';

@Module({ imports: [CredentialsModule], controllers: [BackupsController], providers: [Copies, Trial, BackupsService], exports: [BackupsService, Copies] })
export class BackupsModule {}
