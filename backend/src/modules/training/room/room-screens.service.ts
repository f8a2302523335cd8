import { Injectable } from '@nestjs/common';
import type { RoomScreen } from '@lantoa/shared/rooms';
import { rightChoice } from '@lantoa/shared/rules/marking';
import { PublicUrl } from '#platform/http';
import { qrSvg } from '#platform/print';
import type { FullForm } from '#modules/assessment';
import type { Room } from './room.entity.ts';
import { RoomQueries } from './room.queries.ts';
import { SHOWN_FROM } from './room.rules.ts';
import { RoomsService, sittingOf } from './rooms.service.ts';
import { SeatsService } from './seats.service.ts';

const OPTIONS_SHOWN: readonly string[] = ['single', 'true-false', 'picture'];

/** What a hall sees on the wall: counts and questions, no name and no score. */
@Injectable()
export class RoomScreensService {
  constructor(private readonly url: PublicUrl, private readonly rooms: RoomsService, private readonly seats: SeatsService, private readonly queries: RoomQueries) {}

  async screen(room: Room): Promise<RoomScreen> {
    const cls = await this.seats.classOf(room);
    const form = await this.rooms.formOf(room, cls);
    const counts = await this.queries.counts(room.id);
    const link = this.url.to(`/t/${room.code}`);
    const shown = room.pace === 'together' && room.phase === 'running' ? form.questions[room.question] : undefined;
    const sitting = sittingOf(room, cls);
    const minutes = room.timeLimitMinutes === null ? null : room.timeLimitMinutes * (room.extraTime ? 1.5 : 1);
    return {
      title: cls.title, kind: room.kind, code: room.code, link, qrSvg: await qrSvg(link), phase: room.phase, pace: room.pace, version: room.version, question: room.question, questions: form.questions.length, stem: shown?.stem ?? null, options: shown && OPTIONS_SHOWN.includes(shown.kind) ? shown.options.map((o) => o.text) : [], ...counts,
      endsAt: room.phase === 'running' && room.startedAt && minutes !== null ? new Date(room.startedAt.getTime() + minutes * 60_000).toISOString() : null,
      results: room.phase === 'results' && sitting && counts.done >= SHOWN_FROM ? await this.results(form, sitting) : [],
    };
  }

  /** Question by question, worst first: what the hall chose, what is right and why. */
  private async results(form: FullForm, sittingId: string): Promise<RoomScreen['results']> {
    const chosen = await this.queries.choices(sittingId);
    const items = form.questions.map((q) => {
      const given = chosen.filter((c) => c.questionVersionId === q.questionVersionId);
      const n = given.reduce((sum, c) => sum + c.n, 0);
      const of = (choice: string) => (given.find((c) => c.choice === choice)?.n ?? 0) / Math.max(1, n);
      const single = OPTIONS_SHOWN.includes(q.kind);
      return { stem: q.stem, n, share: of(rightChoice(q.kind, q.options)), options: single ? q.options.map((o) => ({ text: o.text, right: o.right, share: of(o.id) })) : [], reason: q.options.find((o) => o.right)?.reason ?? '' };
    });
    return items.filter((i) => i.n >= SHOWN_FROM).sort((a, b) => a.share - b.share);
  }
}
