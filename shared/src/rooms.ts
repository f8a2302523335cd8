import { z } from 'zod';
import { Attempt, Channel, Choice, GivenAnswer, QuestionKind } from './assessment.ts';
import { download, endpoint, Id, listOf } from './endpoint.ts';

// A test taken together in a hall. Three kinds of screens: the host's, the projector's (no names, no scores), and the phones'.

export const RoomPhase = z.enum(['lobby', 'running', 'closed', 'results', 'over']);
export type RoomPhase = z.infer<typeof RoomPhase>;
export const RoomAct = z.enum(['start', 'close', 'reopen', 'show-results', 'hide-results', 'next', 'back', 'more-time', 'finish']);
export type RoomAct = z.infer<typeof RoomAct>;
export const RoomPace = z.enum(['own', 'together']);
const Kind = z.enum(['pre', 'post']);
const RoomParams = z.object({ roomId: Id });
/** Six digits, as they stand on the wall. */
export const RoomCode = z.string().regex(/^\d{6}$/);
const CodeParams = z.object({ code: RoomCode });

export const RoomPerson = z.object({
  enrolmentId: Id, personId: Id, name: z.string(), unitName: z.string(),
  /** `late`: handed in after closing, and waits to be taken. */
  state: z.enum(['out', 'joined', 'working', 'done', 'late']), channel: Channel.nullable(), answered: z.int(), attemptId: Id.nullable(),
}).meta({ id: 'RoomPerson' });
export type RoomPerson = z.infer<typeof RoomPerson>;

export const RoomHost = z.object({
  id: Id, classId: Id, classTitle: z.string(), kind: Kind, code: RoomCode, link: z.string(), phase: RoomPhase, pace: RoomPace, question: z.int(), questions: z.int(), stem: z.string().nullable(), timeLimitMinutes: z.int().nullable(), extraTime: z.boolean(), startCode: z.string().nullable(), startedAt: z.iso.datetime().nullable(),
  host: z.object({ name: z.string(), mine: z.boolean() }), acts: z.array(RoomAct), people: z.array(RoomPerson), joined: z.int(), done: z.int(),
  /** Share right per topic, 0–1, for the trainer's eyes, once closed. */
  topics: z.array(z.object({ topic: z.string(), share: z.number(), n: z.int() })),
}).meta({ id: 'RoomHost' });
export type RoomHost = z.infer<typeof RoomHost>;

/** Opens the room of a test, or gives the one that there is. Nobody works before it is started. */
export const openRoom = endpoint({
  name: 'training.openRoom', method: 'POST', path: '/classes/:classId/rooms', params: z.object({ classId: Id }),
  body: z.object({ kind: Kind, pace: RoomPace.default('own'), timeLimitMinutes: z.int().min(5).max(240).nullable().default(null), extraTime: z.boolean().default(false), sealed: z.boolean().default(false) }), response: RoomHost,
});
export const getRoom = endpoint({ name: 'training.getRoom', method: 'GET', path: '/rooms/:roomId', params: RoomParams, response: RoomHost });
export const moveRoom = endpoint({ name: 'training.moveRoom', method: 'POST', path: '/rooms/:roomId/moves', params: RoomParams, body: z.object({ act: RoomAct }), response: RoomHost });
/** Makes the asker the host; the one before becomes a viewer. */
export const takeOverRoom = endpoint({ name: 'training.takeOverRoom', method: 'POST', path: '/rooms/:roomId/host', params: RoomParams, response: RoomHost });
/** Lets a person's name go, so that another phone can sit for the same attempt. */
export const releaseSeat = endpoint({ name: 'training.releaseSeat', method: 'POST', path: '/rooms/:roomId/releases', params: RoomParams, body: z.object({ personId: Id }), response: RoomHost });
/** Takes an attempt that came after closing as the one that counts. */
export const acceptLate = endpoint({ name: 'training.acceptLate', method: 'POST', path: '/rooms/:roomId/late', params: RoomParams, body: z.object({ attemptId: Id }), response: RoomHost });
export const watchRoom = download({ name: 'training.watchRoom', method: 'GET', path: '/rooms/:roomId/events', params: RoomParams, produces: 'text/event-stream' });

/** The grid for paper sheets: questions as they are printed, and who has no attempt yet. */
export const getPaperGrid = endpoint({
  name: 'training.getPaperGrid', method: 'GET', path: '/rooms/:roomId/paper', params: RoomParams,
  response: z.object({ questions: z.array(z.object({ questionVersionId: Id, kind: QuestionKind, options: z.array(z.string()), /** Right-hand sides in the order of their numbers on paper. */ matches: z.array(z.string()) })), people: z.array(z.object({ personId: Id, name: z.string(), unitName: z.string(), done: z.boolean() })) }),
});
/** Hands in paper sheets, each with an attempt id that the device made: sending them again does no harm. */
export const enterPaper = endpoint({
  name: 'training.enterPaper', method: 'POST', path: '/rooms/:roomId/paper', params: RoomParams,
  body: z.object({ sheets: z.array(z.object({ attemptId: Id, personId: Id, choices: z.array(z.object({ questionVersionId: Id, choice: Choice })).max(60) })).min(1).max(100) }),
  response: listOf(z.object({ personId: Id, answered: z.int(), total: z.int() })),
});

/** What a hall may see: counts, never names or scores. Results question by question, worst first, only of a post-test and of ten people or more. */
export const RoomScreen = z.object({
  title: z.string(), kind: Kind, code: RoomCode, link: z.string(), qrSvg: z.string(), phase: RoomPhase, pace: RoomPace, version: z.int(), question: z.int(), questions: z.int(), stem: z.string().nullable(), options: z.array(z.string()), joined: z.int(), done: z.int(), people: z.int(), endsAt: z.iso.datetime().nullable(),
  results: z.array(z.object({ stem: z.string(), n: z.int(), options: z.array(z.object({ text: z.string(), right: z.boolean(), share: z.number() })), reason: z.string(), share: z.number() })),
}).meta({ id: 'RoomScreen' });
export type RoomScreen = z.infer<typeof RoomScreen>;
export const getRoomScreen = endpoint({ name: 'training.getRoomScreen', method: 'GET', path: '/room-codes/:code/screen', params: CodeParams, response: RoomScreen });
export const watchRoomScreen = download({ name: 'training.watchRoomScreen', method: 'GET', path: '/room-codes/:code/screen/events', params: CodeParams, produces: 'text/event-stream' });

/** What a phone sees before it has a name. */
export const lookUpRoom = endpoint({
  name: 'training.lookUpRoom', method: 'GET', path: '/room-codes/:code', params: CodeParams,
  response: z.object({ roomId: Id, title: z.string(), kind: Kind, phase: RoomPhase, people: z.array(z.object({ enrolmentId: Id, name: z.string(), unitName: z.string(), taken: z.boolean(), proof: z.enum(['phone', 'year', 'none']) })), me: Id.nullable() }),
});
/** A secret that the phone made; whoever has it sits in that seat. */
const SeatToken = z.string().min(32).max(100);
export const joinRoom = endpoint({
  name: 'training.joinRoom', method: 'POST', path: '/room-codes/:code/seats', params: CodeParams,
  body: z.object({ token: SeatToken, enrolmentId: Id, proof: z.string().max(4).default(''), channel: z.enum(['own-phone', 'shared-phone']) }), response: z.object({ name: z.string(), attemptId: Id }),
});
const SealedBox = z.object({ salt: z.string(), iv: z.string(), data: z.string(), iterations: z.int() });
export const SeatState = z.object({
  roomId: Id, code: RoomCode, title: z.string(), name: z.string(), kind: Kind, phase: RoomPhase, pace: RoomPace, version: z.int(), question: z.int(), submitted: z.boolean(), attemptId: Id, sealed: z.boolean(),
  /** The questions once the test runs; in a sealed room before that the same in a box that the start code opens. */
  attempt: Attempt.nullable(), box: SealedBox.nullable(),
}).meta({ id: 'SeatState' });
export type SeatState = z.infer<typeof SeatState>;
/** Where a seat stands. A POST and not a GET, so that its secret is in no address. */
export const getSeat = endpoint({ name: 'training.getSeat', method: 'POST', path: '/room-seats/state', body: z.object({ token: SeatToken }), response: SeatState });
const Answers = z.array(GivenAnswer).max(200);
export const saveSeatAnswers = endpoint({ name: 'training.saveSeatAnswers', method: 'POST', path: '/room-seats/answers', body: z.object({ token: SeatToken, answers: Answers.min(1) }), response: z.object({ saved: z.int() }) });
/** Hands in; what was not sent before may come along. Says only that it was received: no score on a phone that others hold. */
export const handInSeat = endpoint({ name: 'training.handInSeat', method: 'POST', path: '/room-seats/hand-in', body: z.object({ token: SeatToken, answers: Answers }), response: z.object({ receivedAt: z.iso.datetime(), answered: z.int(), total: z.int(), late: z.boolean() }) });
/** Phase and question of a room, for phones: they fetch their state when it changes. */
export const watchRoomPhase = download({ name: 'training.watchRoomPhase', method: 'GET', path: '/room-codes/:code/events', params: CodeParams, produces: 'text/event-stream' });
