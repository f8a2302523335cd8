import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { LessonContent } from '@lantoa/shared/curriculum';
import { CONFIG, type Config } from '#platform/config';
import { parseCards, slugify } from './lesson-text.rules.ts';

export type TemplateName = 'five-cards' | 'case' | 'questions';

/** Lessons to begin from, written as lesson files in `content/templates/lessons`. */
@Injectable()
export class LessonTemplates {
  private readonly folder: string;
  constructor(@Inject(CONFIG) config: Config) {
    this.folder = path.join(config.contentDir, 'templates/lessons');
  }

  /** A new lesson with the cards of a template. */
  lesson(template: TemplateName, title: string): LessonContent {
    const { cards } = parseCards(readFileSync(path.join(this.folder, `${template}.md`), 'utf8'));
    return { slug: slugify(title), title, aim: '', minutes: 4, note: null, sensitive: false, check: null, cards };
  }
}
