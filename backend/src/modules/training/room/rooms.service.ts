import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { acceptLate, moveRoom, openRoom, releaseSeat, RoomHost, RoomPerson } from '@lantoa/shared/rooms';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, PublicUrl } from '#platform/http';
import { Live } from '#platform/live';
import { AttemptsService, FormsService, type FullForm, ResultsQueries, SittingsService, sittingTopic } from '#modules/assessment';
import { PeopleService } from '#modules/people';
import type { TrainingClass } from '../class.entity.ts';
import { ClassTestsService } from '../class-tests.service.ts';
import { ClassesService } from '../classes.service.ts';
import { Room } from './room.entity.ts';
import { RoomQueries, type RoomPersonRow } from './room.queries.ts';
import { afterAct, MORE_MINUTES, roomActs } from './room.rules.ts';

/** What news of a room is told under: to phones, projector and host alike. */
export const topicOf = (roomId: string): string => `room:${roomId}`;

/** The host's side of a test in a hall. The class's sitting is open while the room runs; all answers end in the same attempts. */
@Injectable()
export class RoomsService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly live: Live, private readonly url: PublicUrl, private readonly classes: ClassesService, private readonly tests: ClassTestsService, private readonly queries: RoomQueries, private readonly people: PeopleService, private readonly forms: FormsService, private readonly sittings: SittingsService, private readonly attempts: AttemptsService, private readonly results: ResultsQueries) {}

  open(actor: Actor, { params, body }: ArgsOf<typeof openRoom>): Promise<RoomHost> {
    return this.db.transaction(async () => {
      await this.db.lock(`room:${params.classId}:${body.kind}`);
      const known = await this.db.repo(Room).findOneBy({ classId: params.classId, kind: body.kind });
      if (known && known.phase !== 'over') return this.view(actor, known, await this.forTeam(actor, known));
      const cls = await this.classes.forWork(actor, params.classId);
      if (body.kind === 'post' && !cls.preSittingId) throw problem('training.wrong-state', { state: 'pre-first' });
      const fresh = { classId: cls.id, kind: body.kind, code: await this.freeCode(), phase: 'lobby' as const, pace: body.pace, question: 0, timeLimitMinutes: body.timeLimitMinutes, extraTime: body.extraTime, startCode: body.sealed ? sixDigits() : null, hostId: actor.personId, openedAt: clock.now(), startedAt: null, version: (known?.version ?? 0) + 1 };
      const id = known?.id ?? randomUUID();
      if (known) await this.db.repo(Room).update({ id }, fresh);
      else await this.db.repo(Room).insert({ id, ...fresh });
      await this.audit.record(actor, 'room.opened', { type: 'class', id: cls.id }, { kind: body.kind, pace: body.pace, sealed: body.sealed });
      return this.view(actor, await this.find(id), cls);
    });
  }

  async get(actor: Actor, roomId: string): Promise<RoomHost> {
    const room = await this.find(roomId);
    return this.view(actor, room, await this.forTeam(actor, room));
  }

  move(actor: Actor, { params, body }: ArgsOf<typeof moveRoom>): Promise<RoomHost> {
    return this.change(actor, params.roomId, async (room, cls) => {
      const form = await this.formOf(room, cls);
      const next = afterAct(room, body.act, form.questions.length);
      if (!next) throw problem('training.room-wrong-phase', { phase: room.phase });
      const test = { params: { classId: cls.id, kind: room.kind } };
      if (next.phase === 'running' && room.phase !== 'running') await this.tests.open(actor, { ...test, body: { timeLimitMinutes: next.timeLimitMinutes, extraTime: next.extraTime } });
      if (body.act === 'close') await this.tests.close(actor, test);
      if (body.act === 'more-time') await this.sittings.extend(orProblem(sittingOf(room, cls), 'training.room-not-found'), MORE_MINUTES);
      await this.db.repo(Room).update({ id: room.id }, { phase: next.phase, question: next.question, timeLimitMinutes: next.timeLimitMinutes, ...(body.act === 'start' && { startedAt: clock.now() }) });
      await this.audit.record(actor, `room.${body.act}`, { type: 'class', id: cls.id }, { kind: room.kind });
    });
  }

  takeOver(actor: Actor, roomId: string): Promise<RoomHost> {
    return this.change(actor, roomId, async (room, cls) => {
      await this.db.repo(Room).update({ id: room.id }, { hostId: actor.personId });
      await this.audit.record(actor, 'room.taken-over', { type: 'class', id: cls.id }, { kind: room.kind });
    });
  }

  release(actor: Actor, { params, body }: ArgsOf<typeof releaseSeat>): Promise<RoomHost> {
    return this.change(actor, params.roomId, async (room, cls) => {
      await this.db.rows('update room_seat set released_at = $3 where room_id = $1 and person_id = $2 and released_at is null', [room.id, body.personId, clock.now()]);
      await this.audit.record(actor, 'room.seat-released', { type: 'class', id: cls.id }, { personId: body.personId });
    });
  }

  acceptLate(actor: Actor, { params, body }: ArgsOf<typeof acceptLate>): Promise<RoomHost> {
    return this.change(actor, params.roomId, async (room, cls) => {
      const own = (await this.queries.people(room.id)).some((p) => p.attemptId === body.attemptId);
      if (!own || !sittingOf(room, cls)) throw problem('assessment.attempt-not-found');
      await this.attempts.accept(actor, body.attemptId);
    });
  }

  /** The room with the class's test form, for its team. */
  async forTeam(actor: Actor, room: Room): Promise<TrainingClass> {
    const { cls, who } = await this.classes.see(actor, room.classId).catch(() => { throw problem('training.room-not-found'); });
    if (!who.team) throw problem('training.room-not-found');
    return cls;
  }

  /** What changes a room: its own steps and seats, and attempts at its sitting, wherever they are made. */
  async topics(roomId: string): Promise<string[]> {
    const { sitting } = await this.db.row<{ sitting: string | null }>("select case when r.kind = 'pre' then c.pre_sitting_id else c.post_sitting_id end as sitting from room r join training_class c on c.id = r.class_id where r.id = $1", [roomId]);
    return [topicOf(roomId), ...(sitting ? [sittingTopic(sitting)] : [])];
  }

  async find(id: string): Promise<Room> {
    return orProblem(await this.db.repo(Room).findOneBy({ id }), 'training.room-not-found');
  }

  /** The room behind six digits, while it is not over. */
  async byCode(code: string): Promise<Room | null> {
    const [room] = await this.db.repo(Room).find({ where: { code }, order: { openedAt: 'DESC' }, take: 1 });
    return room && room.phase !== 'over' ? room : null;
  }

  formOf(room: Pick<Room, 'kind'>, cls: TrainingClass): Promise<FullForm> {
    return this.forms.get(room.kind === 'pre' ? cls.preFormId : cls.postFormId);
  }

  /** One change at a time; every change is told to all screens. */
  private change(actor: Actor, roomId: string, work: (room: Room, cls: TrainingClass) => Promise<void>): Promise<RoomHost> {
    return this.db.transaction(async () => {
      const room = orProblem(await this.db.repo(Room).findOne({ where: { id: roomId }, lock: { mode: 'pessimistic_write' } }), 'training.room-not-found');
      const cls = await this.forTeam(actor, room);
      await work(room, cls);
      await this.db.repo(Room).increment({ id: room.id }, 'version', 1);
      this.live.tell(`${topicOf(room.id)}:phase`);
      this.live.tell(topicOf(room.id));
      return this.get(actor, room.id);
    });
  }

  private async view(actor: Actor, room: Room, cls: TrainingClass): Promise<RoomHost> {
    const form = await this.formOf(room, cls);
    const people = (await this.queries.people(room.id)).map(personView);
    const host = await this.people.find(room.hostId);
    const sitting = sittingOf(room, cls);
    return {
      id: room.id, classId: cls.id, classTitle: cls.title, kind: room.kind, code: room.code, link: this.url.to(`/t/${room.code}`), phase: room.phase, pace: room.pace, question: room.question, questions: form.questions.length, stem: room.pace === 'together' ? (form.questions[room.question]?.stem ?? null) : null,
      timeLimitMinutes: room.timeLimitMinutes, extraTime: room.extraTime, startCode: room.startCode, startedAt: room.startedAt?.toISOString() ?? null, host: { name: host.name, mine: host.id === actor.personId }, acts: roomActs(room, form.questions.length), people,
      joined: people.filter((p) => p.state !== 'out').length, done: people.filter((p) => p.state === 'done').length, topics: sitting && room.phase !== 'lobby' && room.phase !== 'running' ? await this.topicShares(sitting) : [],
    };
  }

  private async topicShares(sittingId: string): Promise<RoomHost['topics']> {
    const by = new Map<string, { right: number; n: number }>();
    for (const q of await this.results.questions(sittingId)) {
      const sum = by.get(q.topic) ?? { right: 0, n: 0 };
      by.set(q.topic, { right: sum.right + q.right, n: sum.n + q.n });
    }
    return [...by].map(([topic, { right, n }]) => ({ topic, share: right / n, n })).sort((a, b) => a.share - b.share);
  }

  private async freeCode(): Promise<string> {
    for (;;) {
      const code = sixDigits();
      if (!(await this.byCode(code))) return code;
    }
  }
}

export const sittingOf = (room: Pick<Room, 'kind'>, cls: TrainingClass): string | null => (room.kind === 'pre' ? cls.preSittingId : cls.postSittingId);
const sixDigits = (): string => String(randomInt(100_000, 1_000_000));

const personView = (p: RoomPersonRow): RoomPerson => ({
  enrolmentId: p.enrolmentId, personId: p.personId, name: p.name, unitName: p.unitName, answered: p.answered, attemptId: p.attemptId, channel: p.attemptChannel ?? p.seatChannel,
  state: p.counts ? 'done' : p.submitted && p.late ? 'late' : p.attemptId ? 'working' : p.seatId ? 'joined' : 'out',
});
