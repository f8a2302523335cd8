import { Controller, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/backups';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { BackupsService } from './backups.service.ts';

@Controller()
export class BackupsController {
  constructor(private readonly backups: BackupsService) {}

  @Handles(contract.getBackups, 'system.read')
  getBackups() { return this.backups.list(); }

  @Handles(contract.makeBackup, 'system.run')
  makeBackup(@By() actor: Actor) { return this.backups.begin(actor); }

  @Handles(contract.checkBackup, 'system.run')
  checkBackup(@By() actor: Actor, @Input(contract.checkBackup) input: ArgsOf<typeof contract.checkBackup>) { return this.backups.check(actor, input); }

  @Handles(contract.downloadBackup, 'system.run')
  async downloadBackup(@By() actor: Actor, @Input(contract.downloadBackup) { params }: ArgsOf<typeof contract.downloadBackup>) {
    const { stream, name, bytes } = await this.backups.take(actor, params.backupId);
    return new StreamableFile(stream, { type: contract.downloadBackup.produces, disposition: `attachment; filename="${name}"`, length: bytes });
  }

  @Handles(contract.takeBackupKey, 'system.run')
  takeBackupKey(@By() actor: Actor) { return this.backups.takeKey(actor); }
}
