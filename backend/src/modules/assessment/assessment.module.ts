import { Module } from '@nestjs/common';
import { CurriculumModule } from '#modules/curriculum';
import { PeopleModule } from '#modules/people';
import { AttemptsController } from './attempts.controller.ts';
import { AttemptsQueries } from './attempts.queries.ts';
import { AttemptsService } from './attempts.service.ts';
import { BankController } from './bank/bank.controller.ts';
import { BankService } from './bank/bank.service.ts';
import { ItemAnalysisQueries } from './bank/item-analysis.queries.ts';
import { QuestionBank } from './bank/question-bank.service.ts';
import { QuestionDraftsService } from './bank/question-drafts.service.ts';
import { ExchangeController } from './exchange/exchange.controller.ts';
import { ExchangeService } from './exchange/exchange.service.ts';
import { FormsService } from './forms.service.ts';
import { ResultsQueries } from './results.queries.ts';
import { SittingsService } from './sittings.service.ts';

@Module({
  imports: [PeopleModule, CurriculumModule],
  controllers: [AttemptsController, BankController, ExchangeController],
  providers: [AttemptsService, AttemptsQueries, FormsService, SittingsService, ResultsQueries, QuestionBank, QuestionDraftsService, BankService, ItemAnalysisQueries, ExchangeService],
  exports: [AttemptsService, FormsService, SittingsService, ResultsQueries, QuestionBank, BankService, ExchangeService],
})
export class AssessmentModule {}
