/** A room waits, works, is closed, shows what came out, and is over. */
export type RoomPhase = 'lobby' | 'running' | 'closed' | 'results' | 'over';
export type RoomAct = 'start' | 'close' | 'reopen' | 'show-results' | 'hide-results' | 'next' | 'back' | 'more-time' | 'finish';

interface RoomState { phase: RoomPhase; kind: 'pre' | 'post'; pace: 'own' | 'together'; question: number; timeLimitMinutes: number | null }
interface Move { act: RoomAct; from: readonly RoomPhase[]; to: RoomPhase | 'same'; when?: (room: RoomState, questions: number) => boolean }

/** The phases of a room, as data. A pre-test never shows results. */
const MOVES: readonly Move[] = [
  { act: 'start', from: ['lobby'], to: 'running' },
  { act: 'close', from: ['running'], to: 'closed' },
  { act: 'reopen', from: ['closed', 'results'], to: 'running' },
  { act: 'show-results', from: ['closed'], to: 'results', when: (r) => r.kind === 'post' },
  { act: 'hide-results', from: ['results'], to: 'closed' },
  { act: 'next', from: ['running'], to: 'same', when: (r, questions) => r.pace === 'together' && r.question + 1 < questions },
  { act: 'back', from: ['running'], to: 'same', when: (r) => r.pace === 'together' && r.question > 0 },
  { act: 'more-time', from: ['running'], to: 'same', when: (r) => r.timeLimitMinutes !== null },
  { act: 'finish', from: ['closed', 'results'], to: 'over' },
];

export const MORE_MINUTES = 5;
/** Fewer people than this are told apart too easily: their shares are not shown to a hall. */
export const SHOWN_FROM = 10;

/** What a host may do with a room now. */
export const roomActs = (room: RoomState, questions: number): RoomAct[] => MOVES.filter((m) => m.from.includes(room.phase) && (m.when?.(room, questions) ?? true)).map((m) => m.act);

/** The room after an act; `null` when it may not be done now. */
export function afterAct<R extends RoomState>(room: R, act: RoomAct, questions: number): R | null {
  const move = MOVES.find((m) => m.act === act);
  if (!move || !roomActs(room, questions).includes(act)) return null;
  return {
    ...room, phase: move.to === 'same' ? room.phase : move.to,
    question: act === 'next' ? room.question + 1 : act === 'back' ? room.question - 1 : room.question,
    timeLimitMinutes: act === 'more-time' && room.timeLimitMinutes !== null ? room.timeLimitMinutes + MORE_MINUTES : room.timeLimitMinutes,
  };
}

/** The last three digits of a phone, or, of somebody without one, the birth year: what only the person and the team know. `null`: nothing is known. */
export const proofOf = (p: { phone: string | null; birthYear: number | null }): { kind: 'phone' | 'year'; value: string } | null =>
  p.phone ? { kind: 'phone', value: p.phone.slice(-3) } : p.birthYear ? { kind: 'year', value: String(p.birthYear) } : null;
