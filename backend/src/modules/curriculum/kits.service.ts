import { Injectable } from '@nestjs/common';
import type { CourseContent, KitPage } from '@lantoa/shared/curriculum';
import { orProblem } from '#platform/http';
import { Printer } from '#platform/print';
import { CoursesQueries } from './courses.queries.ts';
import { editableDocument } from './kit-document.ts';
import { blocksOf } from './kit-text.rules.ts';

/** Facilitator kits on paper: one PDF of everything, and the handouts as a document that an office edits. */
@Injectable()
export class KitsService {
  constructor(private readonly queries: CoursesQueries, private readonly printer: Printer) {}

  async pdf(courseSlug: string): Promise<Uint8Array> {
    const { content, number } = await this.newest(courseSlug);
    return this.printer.pdf('kit', kitData(content, number));
  }

  async document(courseSlug: string): Promise<Uint8Array> {
    const { content } = await this.newest(courseSlug);
    return editableDocument(content.title, [...content.kit.handouts, ...content.kit.rolePlays]);
  }

  private async newest(courseSlug: string): Promise<{ content: CourseContent; number: number }> {
    const head = orProblem((await this.queries.current()).find((c) => c.slug === courseSlug && c.hasKit), 'curriculum.no-kit');
    return { content: await this.queries.content(head.versionId), number: head.number };
  }
}

/** What the print template of a kit asks for. */
export function kitData(content: CourseContent, number: number): object {
  const pages = (list: readonly KitPage[]) => list.map((p) => ({ title: p.title, blocks: blocksOf(p.text) }));
  const lessons = new Map(content.lessons.map((l) => [l.slug, l.title]));
  const steps = (plan: CourseContent['kit']['plans'][number]) =>
    plan.steps.map((s, i) => ({ ...s, from: plan.steps.slice(0, i).reduce((sum, o) => sum + o.minutes, 0), lesson: s.lesson && (lessons.get(s.lesson) ?? null), does: blocksOf(s.does) }));
  return {
    title: content.title, aim: content.aim, audience: content.audience, number,
    plans: content.kit.plans.map((p) => ({ ...p, steps: steps(p), minutes: p.steps.reduce((sum, s) => sum + s.minutes, 0) })),
    notes: content.lessons.map((l, i) => ({ title: l.title, n: i + 1, aim: l.aim, note: l.note ?? '' })),
    slides: pages(content.kit.slides), handouts: pages(content.kit.handouts), rolePlays: pages(content.kit.rolePlays),
  };
}
