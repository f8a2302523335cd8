import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { CoursesService } from './courses.service.ts';

@Controller()
export class CurriculumController {
  constructor(private readonly courses: CoursesService) {}

  @Handles(contract.listCourses, 'self')
  listCourses(@By() actor: Actor) { return this.courses.list(actor); }

  @Handles(contract.getLesson, 'self')
  getLesson(@By() actor: Actor, @Input(contract.getLesson) input: ArgsOf<typeof contract.getLesson>) { return this.courses.lesson(actor, input); }

  @Handles(contract.markCards, 'self')
  markCards(@By() actor: Actor, @Input(contract.markCards) input: ArgsOf<typeof contract.markCards>) { return this.courses.markCards(actor, input); }
}
