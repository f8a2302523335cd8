import type { AttendanceStatus } from '@lantoa/shared/attendance';
import type { ClassResults } from '@lantoa/shared/training';
import { isPresent } from '../passing.rules.ts';

/** `27/11/2026` */
export const shortDay = (day: string): string => day.split('-').reverse().join('/');

/** `Kon Tum, ngày 05 tháng 11 năm 2022`: days below ten and the months 1 and 2 with a nought (Decree 30/2020). Without a place, to be filled in by hand. */
export function dayInWords(day: string, place: string): string {
  const [y, m, d] = day.split('-') as [string, string, string];
  return `${place || '…………'}, ngày ${d} tháng ${Number(m) < 3 ? m : Number(m)} năm ${y}`;
}

/** A share as a percentage with a comma. */
export const percentText = (share: number | null): string => (share === null ? '–' : `${(share * 100).toLocaleString('vi-VN', { maximumFractionDigits: 1 })} %`);

interface Session { id: string; date: string; part: 'morning' | 'afternoon' }

/** The figures of a class as a report shows them: attendance per half-day, by sex and by unit, scores of pairs, and the list of people. */
export function reportTables(results: ClassResults, sessions: readonly Session[], marks: readonly { sessionId: string; enrolmentId: string; status: AttendanceStatus }[]) {
  const { figures, people } = results;
  const there = people.filter((p) => p.outcome !== 'absent');
  const units = [...new Set(people.map((p) => p.unitName))].sort((a, b) => a.localeCompare(b, 'vi'));
  return {
    enrolled: figures.enrolled, attended: figures.attended, women: figures.women, men: figures.men, passed: figures.passed,
    sessions: sessions.map((s) => ({ when: `${s.part === 'morning' ? 'Sáng' : 'Chiều'} ${shortDay(s.date)}`, present: marks.filter((m) => m.sessionId === s.id && isPresent(m.status)).length, of: people.length })),
    units: units.map((unit) => { const own = people.filter((p) => p.unitName === unit); return { unit, enrolled: own.length, attended: own.filter((p) => p.outcome !== 'absent').length, passed: own.filter((p) => p.outcome === 'passed').length }; }),
    pairs: results.pairs, pre: percentText(results.preMean), post: percentText(results.postMean), weak: results.questions.slice(0, 5).map((q) => ({ stem: q.stem, wrong: q.wrong, n: q.n })),
    people: people.map((p, i) => ({ n: i + 1, name: p.name, unit: p.unitName, present: `${p.sessionsPresent}/${p.sessions}`, pre: percentText(p.pre), post: percentText(p.post), result: p.outcome === 'passed' ? 'Đạt' : p.outcome === 'absent' ? 'Không dự' : 'Chưa đạt' })), thereCount: there.length,
  };
}
