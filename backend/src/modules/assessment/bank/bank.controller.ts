import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { BankService } from './bank.service.ts';
import { QuestionDraftsService } from './question-drafts.service.ts';

/** The question bank: what is asked, how it does, and its editing. */
@Controller()
export class BankController {
  constructor(private readonly bank: BankService, private readonly drafts: QuestionDraftsService) {}

  @Handles(contract.listBank, 'course.draft')
  listBank(@By() actor: Actor, @Input(contract.listBank) input: ArgsOf<typeof contract.listBank>) { return this.bank.list(actor, input); }

  @Handles(contract.getBankQuestion, 'course.draft')
  getBankQuestion(@By() actor: Actor, @Input(contract.getBankQuestion) input: ArgsOf<typeof contract.getBankQuestion>) { return this.bank.question(actor, input); }

  @Handles(contract.openQuestionDraft, 'course.edit')
  openQuestionDraft(@By() actor: Actor, @Input(contract.openQuestionDraft) input: ArgsOf<typeof contract.openQuestionDraft>) { return this.drafts.begin(actor, input); }

  @Handles(contract.getQuestionDraft, 'course.draft')
  getQuestionDraft(@By() actor: Actor, @Input(contract.getQuestionDraft) { params }: ArgsOf<typeof contract.getQuestionDraft>) { return this.drafts.get(actor, params.draftId); }

  @Handles(contract.saveQuestionDraft, 'course.edit')
  saveQuestionDraft(@By() actor: Actor, @Input(contract.saveQuestionDraft) input: ArgsOf<typeof contract.saveQuestionDraft>) { return this.drafts.save(actor, input); }

  @Handles(contract.moveQuestionDraft, 'course.draft')
  moveQuestionDraft(@By() actor: Actor, @Input(contract.moveQuestionDraft) input: ArgsOf<typeof contract.moveQuestionDraft>) { return this.drafts.move(actor, input); }
}
