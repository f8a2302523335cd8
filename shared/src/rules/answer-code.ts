import { CHOICE } from './marking.ts';

/** A test as it stands in a QR code: for a hall without any network, where the trainer's phone carries it. */
export interface AnswerSheet { roomCode: string; attemptId: string; enrolmentId: string; choices: (string | null)[] }

const MARK = 'LT1';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ID_LENGTH = 22;

/** A UUID in 22 letters. */
const shortId = (id: string): string => {
  let n = BigInt(`0x${id.replace(/-/g, '')}`);
  let out = '';
  for (let i = 0; i < ID_LENGTH; i++, n >>= 6n) out = ALPHABET[Number(n & 63n)] + out;
  return out;
};
const longId = (short: string): string => {
  const n = [...short].reduce((sum, c) => (sum << 6n) | BigInt(ALPHABET.indexOf(c)), 0n);
  const hex = n.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const one = (choice: string | null): string => (choice === null ? '-' : choice === 'unknown' ? '?' : choice.length === 1 ? choice : `(${choice})`);

/** The text of the code: room, attempt, line of the class, and a letter a question, in the order of the form; `-` not answered, `?` not known, brackets around what is more than a letter. Twenty single choices make 73 characters. */
export const writeAnswerCode = (s: AnswerSheet): string => `${MARK}${s.roomCode}${shortId(s.attemptId)}${shortId(s.enrolmentId)}${s.choices.map(one).join('')}`;

/** Reads it; `null` where it is something else. */
export function readAnswerCode(text: string): AnswerSheet | null {
  const found = /^LT1(\d{6})([\w-]{22})([\w-]{22})((?:[a-h?-]|\([a-h=,+>]+\))*)$/.exec(text);
  if (!found) return null;
  const [, roomCode, attempt, enrolment, letters] = found as unknown as [string, string, string, string, string];
  const choices = (letters.match(/\([^)]+\)|./g) ?? []).map((c) => (c === '-' ? null : c === '?' ? 'unknown' : c.replace(/[()]/g, '')));
  return choices.every((c) => c === null || CHOICE.test(c)) ? { roomCode, attemptId: longId(attempt), enrolmentId: longId(enrolment), choices } : null;
}

/** The id of an answer that came in a code: made of the attempt and the place of its question, so that the same code read twice is one set of answers (a UUID of version 8, RFC 9562 §5.8). */
export const answerIdOf = (attemptId: string, position: number): string => `${attemptId.slice(0, 14)}8${attemptId.slice(15, 34)}${position.toString(16).padStart(2, '0')}`;
/** Did this answer come in a code? Its phone may send the same once more under an id of its own. */
export const isCarried = (answerId: string): boolean => answerId[14] === '8';
