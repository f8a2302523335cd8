import path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import * as clock from '#platform/clock';
import type { Config } from '#platform/config';
import { ContentLoad, fingerprintOf, stopOn } from '#platform/content';
import { Db } from '#platform/db';
import { QuestionBank, readQuestions } from '#modules/assessment';
import { courseFolders, CoursesService, PicturesService, readCourse } from '#modules/curriculum';
import { UnitsImporter } from '#modules/organisation';
import { ProgrammesService } from '#modules/training';

const PARTS = ['units', 'courses', 'programmes'];
/** Raise it when the readers take something else from the same files. */
const READERS = 2;

/** Loads units, courses, questions and programmes. Safe to run at every start: what is there already stays as it is, and unchanged files are not even read. */
export async function loadContent(app: INestApplicationContext, config: Config): Promise<void> {
  const loads = app.get(Db).repo(ContentLoad);
  const folders = PARTS.map((p) => path.join(config.contentDir, p));
  const fingerprint = `${READERS} ${await fingerprintOf(folders)}`;
  if (await loads.existsBy({ name: 'content', fingerprint })) return;
  await app.get(UnitsImporter).load(path.join(config.contentDir, 'units'));
  await loadCourses(app, config);
  await app.get(ProgrammesService).load(path.join(config.contentDir, 'programmes'));
  await loads.upsert({ name: 'content', fingerprint, at: clock.now() }, ['name']);
}

/** All courses are read before the first is written: one fault stops the program with nothing half taken over. */
async function loadCourses(app: INestApplicationContext, config: Config): Promise<void> {
  const folders = await courseFolders(path.join(config.contentDir, 'courses'));
  const read = [...folders].map(([slug, folder]) => {
    const course = readCourse(slug, folder);
    stopOn(course.faults);
    const questions = readQuestions(slug, folder, course.source?.content.lessons ?? []);
    stopOn(questions.faults);
    return { slug, folder, course: course.source, questions: questions.source };
  });
  for (const { slug, folder, course, questions } of read) {
    if (!course || !questions) continue;
    const pictures = new Map([...folder].flatMap(([file, bytes]) => (file.startsWith('media/') ? [[file.slice('media/'.length), bytes] as const] : [])));
    await app.get(CoursesService).publishFiles(slug, course.content);
    await app.get(PicturesService).keep(await app.get(CoursesService).idOf(slug), pictures);
    await app.get(QuestionBank).load(slug, questions);
  }
}
