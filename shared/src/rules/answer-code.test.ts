import fc from 'fast-check';
import { answerIdOf, readAnswerCode, writeAnswerCode } from '@lantoa/shared/rules/answer-code';

const choice = fc.constantFrom(null, 'unknown', 'a', 'b', 'h', 'a+c', 'c>a>b', 'a=d,b=c');

test('what is written is read again, whatever was answered', () => {
  fc.assert(fc.property(fc.uuid(), fc.uuid(), fc.stringMatching(/^\d{6}$/), fc.array(choice, { maxLength: 60 }), (attemptId, enrolmentId, roomCode, choices) => {
    const sheet = { roomCode, attemptId, enrolmentId, choices };
    expect(readAnswerCode(writeAnswerCode(sheet))).toEqual(sheet);
  }));
});

test('twenty single choices make 73 characters; what is no such code is nothing', () => {
  const sheet = { roomCode: '123456', attemptId: '01a21b15-231e-7452-9d49-097eef63d36a', enrolmentId: '1aab79b5-6973-4e64-934b-d96c8e3410da', choices: Array<string>(20).fill('c') };
  expect(writeAnswerCode(sheet)).toHaveLength(73);
  for (const other of ['', 'https://example.org', 'LT1123456', writeAnswerCode(sheet).replace('LT1', 'LT2'), `${writeAnswerCode(sheet)}(a`, `${writeAnswerCode(sheet)}z`]) expect(readAnswerCode(other)).toBeNull();
});

test('the answers of a code have ids of their own, the same each time', () => {
  const id = '01a21b15-231e-7452-9d49-097eef63d36a';
  const ids = Array.from({ length: 20 }, (_, i) => answerIdOf(id, i));
  expect(new Set(ids).size).toBe(20);
  for (const x of ids) expect(x).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
});
