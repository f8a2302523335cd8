import { Module } from '@nestjs/common';
import { AttemptsController } from './attempts.controller.ts';
import { AttemptsQueries } from './attempts.queries.ts';
import { AttemptsService } from './attempts.service.ts';
import { FormsService } from './forms.service.ts';
import { QuestionsImporter } from './questions.importer.ts';
import { ResultsQueries } from './results.queries.ts';
import { SittingsService } from './sittings.service.ts';

@Module({
  controllers: [AttemptsController],
  providers: [AttemptsService, AttemptsQueries, FormsService, SittingsService, ResultsQueries, QuestionsImporter],
  exports: [AttemptsService, FormsService, SittingsService, ResultsQueries, QuestionsImporter],
})
export class AssessmentModule {}
