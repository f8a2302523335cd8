import { createCipheriv, createHash, pbkdf2Sync, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Attempt as AttemptView } from '@lantoa/shared/assessment';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { getSeat, handInSeat, joinRoom, lookUpRoom, saveSeatAnswers, SeatState } from '@lantoa/shared/rooms';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, Problem, problem } from '#platform/http';
import { Live } from '#platform/live';
import { Limits } from '#modules/access';
import { AttemptsService } from '#modules/assessment';
import { TrainingClass } from '../class.entity.ts';
import { Room, RoomSeat } from './room.entity.ts';
import { RoomQueries, type RoomPersonRow, type SeatRow } from './room.queries.ts';
import { proofOf } from './room.rules.ts';
import { RoomsService, topicOf } from './rooms.service.ts';

/** Rounds of PBKDF2 for the start code: about a tenth of a second on a cheap phone. The box only has to hold until the test begins. */
const ITERATIONS = 60_000;

/**
 * The phones' side of a test in a hall. A phone that is not signed in sits for one person by a secret that it made itself; the person names themselves and proves it
 * with the end of their phone number. Every call may be repeated without harm.
 */
@Injectable()
export class SeatsService {
  constructor(private readonly db: Db, private readonly live: Live, private readonly limits: Limits, private readonly rooms: RoomsService, private readonly queries: RoomQueries, private readonly attempts: AttemptsService) {}

  async lookUp(actor: Actor | null, { params }: ArgsOf<typeof lookUpRoom>, address: string) {
    const room = await this.roomOf(params.code, address);
    const cls = await this.classOf(room);
    const people = await this.queries.people(room.id);
    return {
      roomId: room.id, title: cls.title, kind: room.kind, phase: room.phase, me: people.find((p) => p.personId === actor?.personId)?.enrolmentId ?? null,
      people: people.map((p) => ({ enrolmentId: p.enrolmentId, name: p.name, unitName: p.unitName, taken: p.seatId !== null || p.submitted, proof: proofOf(p)?.kind ?? ('none' as const) })),
    };
  }

  /** Takes a seat. The same phone for the same person again is the same seat; another phone must wait until the host lets the name go. */
  async join(actor: Actor | null, { params, body }: ArgsOf<typeof joinRoom>, address: string) {
    const room = await this.roomOf(params.code, address);
    const tokenHash = hashOf(body.token);
    const known = await this.db.repo(RoomSeat).findOneBy({ tokenHash });
    const person = orProblem((await this.queries.people(room.id)).find((p) => p.enrolmentId === body.enrolmentId), 'training.room-not-found');
    if (known) return this.again(known, person);
    if (actor?.personId !== person.personId) await this.mustProve(person, body.proof);
    return this.db.transaction(async () => {
      await this.db.lock(`room-seat:${room.id}:${person.personId}`);
      const [held] = await this.db.rows('select 1 from room_seat where room_id = $1 and person_id = $2 and released_at is null', [room.id, person.personId]);
      if (held) throw problem('training.room-seat-taken', { name: person.name });
      const attemptId = await this.attemptOf(room, person);
      await this.db.repo(RoomSeat).insert({ id: randomUUID(), roomId: room.id, personId: person.personId, enrolmentId: person.enrolmentId, attemptId, tokenHash, channel: body.channel, joinedAt: clock.now(), releasedAt: null });
      this.live.tell(topicOf(room.id));
      return { name: person.name, attemptId };
    });
  }

  /** Where a seat stands; in a running room the attempt is started if it has not been. */
  async state({ body }: ArgsOf<typeof getSeat>): Promise<SeatState> {
    const seat = await this.seatOf(body.token);
    const done = await this.db.rows('select 1 from attempt where sitting_id = $1 and person_id = $2 and (counts or submitted_at is not null)', [seat.sittingId, seat.personId]);
    const submitted = done.length > 0;
    const attempt = seat.phase === 'running' && !submitted ? await this.started(seat) : null;
    const box = seat.startCode && seat.phase === 'lobby' ? seal(seat.startCode, await this.attempts.ahead(seat.attemptId, seat.formId)) : null;
    const { roomId, code, title, name, kind, phase, pace, version, question, attemptId } = seat;
    return { roomId, code, title, name, kind, phase, pace, version, question, submitted, attemptId, sealed: seat.startCode !== null, attempt, box };
  }

  save({ body }: ArgsOf<typeof saveSeatAnswers>) {
    return this.db.transaction(() => this.begun(body.token, (who) => this.attempts.save(who, { params: { attemptId: who.attemptId }, body: { answers: body.answers } })));
  }

  handIn({ body }: ArgsOf<typeof handInSeat>) {
    return this.db.transaction(async () => {
      const attempt = await this.begun(body.token, (who) => this.attempts.handIn(who, { params: { attemptId: who.attemptId }, body: { answers: body.answers } }));
      return { receivedAt: (attempt.submittedAt as Date).toISOString(), answered: attempt.answeredCount ?? 0, total: attempt.totalCount ?? 0, late: attempt.late };
    });
  }

  /** The room behind six digits. Wrong ones are counted by address: a hall shares one, so the number is generous. */
  async roomOf(code: string, address: string): Promise<Room> {
    const room = await this.rooms.byCode(code);
    if (room) return room;
    await this.limits.spend('room-code', address);
    throw problem('training.room-not-found');
  }

  async classOf(room: Room): Promise<TrainingClass> {
    return this.db.repo(TrainingClass).findOneByOrFail({ id: room.classId });
  }

  /** The attempt, begun now if it has not been; also after closing for a phone that had no network until then: it is marked late. */
  private started(seat: SeatRow): Promise<AttemptView> {
    return this.attempts.start(seat, { body: { id: seat.attemptId, formId: seat.formId, sittingId: orProblem(seat.sittingId, 'assessment.not-open'), channel: seat.channel, language: 'vi' } }, { evenClosed: true });
  }

  /** Does something with the attempt of a seat, and begins it first where a phone that had its questions ahead has not. */
  private async begun<T>(token: string, work: (who: { personId: string; attemptId: string }) => Promise<T>): Promise<T> {
    const who = orProblem(await this.queries.sitter(hashOf(token)), 'training.room-not-found');
    if (who.released) throw problem('training.room-seat-released');
    try {
      return await work(who);
    } catch (e) {
      if (!(e instanceof Problem) || e.code !== 'assessment.attempt-not-found') throw e;
      await this.started(await this.seatOf(token));
      return work(who);
    }
  }

  private async again(known: RoomSeat, person: RoomPersonRow) {
    if (known.enrolmentId !== person.enrolmentId) throw problem('training.room-seat-taken', { name: person.name });
    if (known.releasedAt) throw problem('training.room-seat-released');
    return { name: person.name, attemptId: known.attemptId };
  }

  private async mustProve(person: RoomPersonRow, given: string): Promise<void> {
    const proof = proofOf(person);
    if (!proof) return;
    await this.limits.spend('room-proof', person.enrolmentId);
    if (given.trim() !== proof.value) throw problem('training.room-proof-wrong', { kind: proof.kind });
    await this.limits.clear('room-proof', person.enrolmentId);
  }

  /** A person goes on with the attempt of an earlier phone, also one begun outside the room. */
  private async attemptOf(room: Room, person: RoomPersonRow): Promise<string> {
    const [before] = await this.db.repo(RoomSeat).find({ where: { roomId: room.id, personId: person.personId }, order: { joinedAt: 'DESC' }, take: 1 });
    return person.attemptId && !person.submitted ? person.attemptId : (before?.attemptId ?? randomUUID());
  }

  private async seatOf(token: string): Promise<SeatRow> {
    const seat = orProblem(await this.queries.seat(hashOf(token)), 'training.room-not-found');
    if (seat.released) throw problem('training.room-seat-released');
    return seat;
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** AES-256-GCM under a key that PBKDF2 makes of the start code; the tag stands at the end, as WebCrypto wants it. */
export function seal(startCode: string, content: object) {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', pbkdf2Sync(startCode, salt, ITERATIONS, 32, 'sha256'), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { salt: salt.toString('base64'), iv: iv.toString('base64'), data: data.toString('base64'), iterations: ITERATIONS };
}
