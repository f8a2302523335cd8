import { Module } from '@nestjs/common';
import { CoursesQueries } from './courses.queries.ts';
import { CoursesService } from './courses.service.ts';
import { CurriculumController } from './curriculum.controller.ts';
import { DraftsController } from './drafts.controller.ts';
import { DraftsService } from './drafts.service.ts';
import { KitsService } from './kits.service.ts';
import { LessonTemplates } from './lesson-templates.ts';
import { PicturesService } from './pictures.service.ts';
import { Publishing } from './publishing.service.ts';
import { Reading } from './reading.ts';
import { RecordingsService } from './recordings.service.ts';

@Module({
  controllers: [CurriculumController, DraftsController],
  providers: [CoursesService, CoursesQueries, Publishing, DraftsService, KitsService, LessonTemplates, PicturesService, Reading, RecordingsService],
  exports: [CoursesService, DraftsService, KitsService, PicturesService, RecordingsService],
})
export class CurriculumModule {}
