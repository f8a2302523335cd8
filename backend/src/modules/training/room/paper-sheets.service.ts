import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { enterPaper } from '@lantoa/shared/rooms';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { AttemptsService } from '#modules/assessment';
import { RoomQueries } from './room.queries.ts';
import { RoomsService, sittingOf } from './rooms.service.ts';

/** Sheets of those without a phone, keyed in by the team. The letters on paper are the options in the form's own order. */
@Injectable()
export class PaperSheetsService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly rooms: RoomsService, private readonly queries: RoomQueries, private readonly attempts: AttemptsService) {}

  async grid(actor: Actor, roomId: string) {
    const room = await this.rooms.find(roomId);
    const form = await this.rooms.formOf(room, await this.rooms.forTeam(actor, room));
    return {
      questions: form.questions.map((q) => ({ questionVersionId: q.questionVersionId, kind: q.kind, options: q.options.map((o) => o.id), matches: q.options.flatMap((o) => o.match?.id ?? []).sort() })),
      people: (await this.queries.people(room.id)).map((p) => ({ personId: p.personId, name: p.name, unitName: p.unitName, done: p.submitted })),
    };
  }

  /** All sheets or none. A sheet of somebody who has an attempt that counts is refused by name, unless it is the same sheet again. */
  enter(actor: Actor, { params, body }: ArgsOf<typeof enterPaper>) {
    return this.db.transaction(async () => {
      const room = await this.rooms.find(params.roomId);
      const cls = await this.rooms.forTeam(actor, room);
      const sittingId = sittingOf(room, cls);
      if (!sittingId) throw problem('training.room-wrong-phase', { phase: room.phase });
      const form = await this.rooms.formOf(room, cls);
      const people = new Map((await this.queries.people(room.id)).map((p) => [p.personId, p]));
      const items = [];
      for (const sheet of body.sheets) {
        const person = orProblem(people.get(sheet.personId), 'training.not-enrolled');
        if (person.counts && person.attemptId !== sheet.attemptId) throw problem('training.room-paper-refused', { name: person.name });
        const who = { personId: sheet.personId };
        const at = clock.now().toISOString();
        await this.attempts.start(who, { body: { id: sheet.attemptId, formId: form.id, sittingId, channel: 'paper', language: 'vi' } }, { evenClosed: true });
        // A sheet that comes a second time is handed in already: nothing is added to it.
        const again = person.attemptId === sheet.attemptId && person.submitted;
        const answers = again ? [] : sheet.choices.map((c) => ({ id: randomUUID(), ...c, revision: 1, answeredAt: at }));
        const result = await this.attempts.submit(who, { params: { attemptId: sheet.attemptId }, body: { answers } });
        const { late, counts } = await this.db.row<{ late: boolean; counts: boolean }>('select late, counts from attempt where id = $1', [sheet.attemptId]);
        // The sheet was written in time; only the keying was late.
        if (late && !counts) await this.attempts.accept(actor, sheet.attemptId);
        items.push({ personId: sheet.personId, answered: result.answered, total: result.total });
      }
      await this.audit.record(actor, 'room.paper-entered', { type: 'class', id: cls.id }, { kind: room.kind, people: items.length });
      return { items };
    });
  }
}
