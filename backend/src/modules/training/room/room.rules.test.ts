import { afterAct, proofOf, roomActs } from './room.rules.ts';

const room = (over = {}) => ({ phase: 'lobby' as const, kind: 'post' as const, pace: 'own' as const, question: 0, timeLimitMinutes: null, ...over }) as Parameters<typeof roomActs>[0];

test.each([
  [room(), ['start']], [room({ phase: 'running' }), ['close']], [room({ phase: 'running', pace: 'together' }), ['close', 'next']], [room({ phase: 'running', pace: 'together', question: 4 }), ['close', 'back']], [room({ phase: 'running', timeLimitMinutes: 20 }), ['close', 'more-time']],
  [room({ phase: 'closed' }), ['reopen', 'show-results', 'finish']], [room({ phase: 'closed', kind: 'pre' }), ['reopen', 'finish']], [room({ phase: 'results' }), ['reopen', 'hide-results', 'finish']], [room({ phase: 'over' }), []],
])('%j may %j', (r, acts) => expect(roomActs(r, 5)).toEqual(acts));
test('five minutes more', () => expect(afterAct(room({ phase: 'running', timeLimitMinutes: 20 }), 'more-time', 5)?.timeLimitMinutes).toBe(25));
test('a pre-test never shows results', () => expect(afterAct(room({ phase: 'closed', kind: 'pre' }), 'show-results', 5)).toBeNull());
test.each([[{ phone: '+84905123456', birthYear: 1987 }, { kind: 'phone', value: '456' }], [{ phone: null, birthYear: 1987 }, { kind: 'year', value: '1987' }], [{ phone: null, birthYear: null }, null]])('%j is proved by %j', (p, proof) => expect(proofOf(p)).toEqual(proof));
