import { Module } from '@nestjs/common';
import { CoursesService } from './courses.service.ts';
import { CurriculumController } from './curriculum.controller.ts';

@Module({ controllers: [CurriculumController], providers: [CoursesService], exports: [CoursesService] })
export class CurriculumModule {}
