import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { Config } from '#platform/config';
import { QuestionsImporter } from '#modules/assessment';
import { CoursesService, readCourses } from '#modules/curriculum';
import { UnitsImporter } from '#modules/organisation';
import { ProgrammesService } from '#modules/training';

/** Loads units, courses, questions and programmes. Safe to run at every start: what is there already stays as it is. */
export async function loadContent(app: INestApplicationContext, config: Config): Promise<void> {
  await app.get(UnitsImporter).load(path.join(config.contentDir, 'units'));
  for (const course of await readCourses(path.join(config.contentDir, 'courses'))) {
    await app.get(CoursesService).publish(course);
    await app.get(QuestionsImporter).load(course.slug, course.folder);
  }
  await app.get(ProgrammesService).load(path.join(config.contentDir, 'programmes'));
}
