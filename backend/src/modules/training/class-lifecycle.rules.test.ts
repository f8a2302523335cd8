import { addWorkingDays, actsFor, type ClassStatus, isOpenForWork, MOVES, nextStep, phaseOn, reportDueOn } from './class-lifecycle.rules.ts';

const team = { team: true, oversees: false, involved: true };
const office = { team: false, oversees: true, involved: false };
const ownOffice = { team: true, oversees: true, involved: true };
const on = (status: ClassStatus) => ({ status, startsOn: '2026-12-01', endsOn: '2026-12-02' });

describe('what an approved class is on a day', () => {
  test.each([['2026-11-30', 'approved'], ['2026-12-01', 'running'], ['2026-12-02', 'running'], ['2026-12-03', 'report-due']])('%s: %s', (day, phase) => expect(phaseOn(on('approved'), day)).toBe(phase));
  test('a returned class stays returned, whatever the day', () => expect(phaseOn(on('returned'), '2027-01-01')).toBe('returned'));
});

describe('who may do what', () => {
  test('the team hands in a draft, the office decides', () => {
    expect(actsFor(on('draft'), team, '2026-11-01')).toEqual(['submit', 'cancel']);
    expect(actsFor(on('submitted'), office, '2026-11-01')).toEqual(['approve', 'return', 'cancel']);
  });
  test('nobody approves a class that they have a part in', () => expect(actsFor(on('submitted'), ownOffice, '2026-11-01')).toEqual(['cancel']));
  test('nobody approves their own report', () => expect(actsFor(on('report-submitted'), ownOffice, '2026-12-05')).toEqual([]));
  test('a running class cannot be cancelled', () => expect(actsFor(on('approved'), team, '2026-12-01')).toEqual(['submit-report']));
  test('a stranger may do nothing at any time', () => {
    for (const status of MOVES.flatMap((m) => m.from)) expect(actsFor(on(status), { team: false, oversees: false, involved: false }, '2026-12-01')).toEqual([]);
  });
  test('completed and cancelled are the end', () => expect([actsFor(on('completed'), ownOffice, '2026-12-05'), actsFor(on('cancelled'), office, '2026-11-01')]).toEqual([[], []]));
});

test('work is open from approval until the report', () => expect((['draft', 'submitted', 'approved', 'report-submitted', 'report-returned', 'completed'] as const).filter(isOpenForWork)).toEqual(['approved', 'report-returned']));
test('the report is due seven days after the last session', () => expect(reportDueOn('2026-12-02', 7)).toBe('2026-12-09'));
test('the next step in words', () => expect([nextStep('approved', 0, []), nextStep('running', 30, []), nextStep('report-due', 30, []), nextStep('submitted', 0, ['approve'])]).toEqual(['roster', 'attend', 'report', 'approve']));

test.each([['2026-11-26', '2026-11-30'], ['2026-11-23', '2026-11-25'], ['2026-11-28', '2026-12-01']])('two working days after %s: %s', (day, by) => expect(addWorkingDays(day, 2)).toBe(by));
