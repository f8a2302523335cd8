import { Controller, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/register';
import { type Actor, By, Handles, Input } from '#platform/http';
import { BookService } from './book.service.ts';
import { BookPrintsService } from './book-prints.service.ts';
import { ChangesService } from './changes.service.ts';
import { ReceiptsService } from './receipts.service.ts';

@Controller()
export class RegisterController {
  constructor(private readonly book: BookService, private readonly prints: BookPrintsService, private readonly changes: ChangesService, private readonly receipts: ReceiptsService) {}

  @Handles(contract.listRegister, 'register.read')
  listRegister(@By() actor: Actor, @Input(contract.listRegister) input: ArgsOf<typeof contract.listRegister>) { return this.book.list(actor, input); }

  @Handles(contract.getEntry, 'register.read')
  getEntry(@By() actor: Actor, @Input(contract.getEntry) input: ArgsOf<typeof contract.getEntry>) { return this.book.entry(actor, input); }

  @Handles(contract.askChange, 'batch.prepare')
  askChange(@By() actor: Actor, @Input(contract.askChange) input: ArgsOf<typeof contract.askChange>) { return this.changes.ask(actor, input); }

  @Handles(contract.listChangeRequests, 'register.read')
  listChangeRequests(@By() actor: Actor) { return this.changes.list(actor); }

  @Handles(contract.decideChange, 'batch.approve')
  decideChange(@By() actor: Actor, @Input(contract.decideChange) input: ArgsOf<typeof contract.decideChange>) { return this.changes.decide(actor, input); }

  @Handles(contract.recordReceipts, 'batch.prepare')
  recordReceipts(@By() actor: Actor, @Input(contract.recordReceipts) input: ArgsOf<typeof contract.recordReceipts>) { return this.receipts.receive(actor, input); }

  @Handles(contract.verifyRegister, 'register.read')
  verifyRegister() { return this.book.verify(); }

  @Handles(contract.printBook, 'register.read')
  async printBook(@By() actor: Actor, @Input(contract.printBook) input: ArgsOf<typeof contract.printBook>) { return new StreamableFile(await this.prints.print(await this.prints.issuers(actor), input.query), { type: contract.printBook.produces }); }

  @Handles(contract.exportBook, 'register.read')
  async exportBook(@By() actor: Actor, @Input(contract.exportBook) input: ArgsOf<typeof contract.exportBook>) { return new StreamableFile(await this.prints.export(await this.prints.issuers(actor), input.query), { type: contract.exportBook.produces }); }
}
