import { Ledger } from '#modules/cascade';
import type { TestApp } from './app.ts';
import { cascadeMakers } from './make-cascade.ts';

export const PROGRAMME = 'du-an-8-kon-tum-2022';
const names = (prefix: string, from: number, until: number) => Array.from({ length: until - from + 1 }, (_, i) => `${prefix}${from + i}`);

/**
 * A cascade made by hand: 3 tiers, 6 classes, 40 people. Districts 615 (Đắk Hà) and 616 (Sa Thầy); communes 23506 (Đắk HRing) and 23512 (Đắk Mar) of 615, which became one, also coded 23512, on 2025-07-01.
 *
 *  tier 1  A  2022-11-09  12 people T1–T12, half of 615, half of 616; taught by a guest. Pre 4/10 all; post 9/10 ten, 6/10 two, who did not pass.
 *  tier 2  B  2022-12-01   7 people L1–L7 of Đắk HRing; taught by T1. Pre 3; post 8 six, L7 5 and not passed.
 *          C  2022-12-10   6 people L7–L12, L7 again; taught by T2. Pre 4, L12 missed it; post L7 8, the others 7; all passed.
 *  tier 3  D  2023-03-01   6 people M1–M6 of Đắk HRing; taught by L1. Pre 2, post 6; M6 was absent.
 *          E  2023-04-01   5 people M7–M11 of old Đắk Mar; taught by L2. Pre 3, post 7; M11 post 4, not passed.
 *          F  2025-09-01   6 people M1 again and M12–M16 of new Đắk Mar; taught by L1 and by L8, who holds no certificate. Pre 5, post 8; all passed. The report came on 09-20.
 *
 *  Certificates: T1–T10 on 2022-11-12 for two years; L1–L7 and L9–L12 on 2022-12-20 for two years, L4 for four; L2's revoked on 2023-06-01.
 *  Postings: L1 and L4 in Đắk HRing from 2022-11-01; L3 in old Đắk Mar from then until 2023-12-31, when she left.
 */
export async function layTruth(t: TestApp): Promise<ReturnType<typeof cascadeMakers>> {
  const make = cascadeMakers(t);
  await t.db.rows('delete from tier_target');
  await make.target(1, '62', 12);
  await make.target(2, '615', 8);
  await make.target(2, '616', 6);
  await make.target(3, '23506', 10);
  await make.target(3, '23512', 5);
  const { cls } = make;
  await cls({ code: 'A', tier: 1, unit: '62', days: ['2022-11-08', '2022-11-09'], expected: 12, trainers: [null], reportedOn: '2022-11-10', learners: names('T', 1, 12).map((person, i) => ({ person, unit: i < 6 ? '615' : '616', pre: 4, post: i < 10 ? 9 : 6, outcome: i < 10 ? 'passed' : 'not-passed' })) });
  await cls({ code: 'B', tier: 2, unit: '615', days: ['2022-12-01', '2022-12-01'], expected: 8, trainers: ['T1'], reportedOn: '2022-12-02', learners: names('L', 1, 7).map((person, i) => ({ person, unit: '23506', pre: 3, post: i < 6 ? 8 : 5, outcome: i < 6 ? 'passed' : 'not-passed' })) });
  await cls({ code: 'C', tier: 2, unit: '616', days: ['2022-12-10', '2022-12-10'], expected: 6, trainers: ['T2'], reportedOn: '2022-12-11', learners: names('L', 7, 12).map((person, i) => ({ person, unit: i ? '23527' : '23506', ...(i < 5 && { pre: 4 }), post: i ? 7 : 8 })) });
  await cls({ code: 'D', tier: 3, unit: '23506', days: ['2023-03-01', '2023-03-01'], expected: 8, trainers: ['L1'], reportedOn: '2023-03-02', learners: names('M', 1, 6).map((person, i) => ({ person, unit: '23506', ...(i < 5 ? { pre: 2, post: 6 } : { outcome: 'absent' as const }) })) });
  await cls({ code: 'E', tier: 3, unit: '23512', days: ['2023-04-01', '2023-04-01'], expected: 5, trainers: ['L2'], reportedOn: '2023-04-02', learners: names('M', 7, 11).map((person, i) => ({ person, unit: '23512', pre: 3, post: i < 4 ? 7 : 4, outcome: i < 4 ? 'passed' : 'not-passed' })) });
  await cls({ code: 'F', tier: 3, unit: '23512', days: ['2025-09-01', '2025-09-01'], expected: 6, trainers: ['L1', 'L8'], reportedOn: '2025-09-20', learners: ['M1', ...names('M', 12, 16)].map((person) => ({ person, unit: '23512', on: '2025-09-01', pre: 5, post: 8 })) });
  for (const [i, n] of names('T', 1, 10).entries()) await make.certificate(n, 1, i < 6 ? '615' : '616', '2022-11-12', '2024-11-12');
  for (const n of names('L', 1, 12).filter((x) => x !== 'L8')) {
    const id = await make.certificate(n, 2, '23506', '2022-12-20', n === 'L4' ? '2026-12-20' : '2024-12-20');
    if (n === 'L2') await make.certificate(n, 2, '23506', '2023-06-01', '2024-12-20', id);
  }
  await make.posting('L1', '23506', '2022-11-01');
  await make.posting('L4', '23506', '2022-11-01');
  await make.posting('L3', '23512', '2022-11-01', '2023-12-31');
  await t.app.get(Ledger).catchUp();
  return make;
}
