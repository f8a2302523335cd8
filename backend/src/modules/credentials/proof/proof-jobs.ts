import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Outbox } from '#platform/outbox';
import { DocumentsService } from './documents.service.ts';
import { StatusListsService } from './status-lists.service.ts';

/** Signing takes time, so it happens behind the transaction that issues. What is there already is left, so a job may run again. */
@Injectable()
export class ProofJobs implements OnModuleInit {
  constructor(private readonly outbox: Outbox, private readonly documents: DocumentsService, private readonly lists: StatusListsService) {}

  onModuleInit(): void {
    const make = async ({ entryIds }: { entryIds: string[] }) => {
      await this.documents.credentials(entryIds);
      await this.lists.follow(entryIds);
    };
    this.outbox.on('certificates-issued', 'credentials', make);
    this.outbox.on('certificates-changed', 'credentials', make);
  }
}
