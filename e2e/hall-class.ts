import type { Page } from 'playwright-core';
import type { Running } from './harness.ts';

export interface Held { classId: string; code: string; enrolments: { id: string; personId: string; name: string; phone: string }[] }

/** An approved class with people and an open room for its pre-test, made by the API as the owner; approval is by a second person that the database stands in for. */
export async function hold(run: Running, owner: Page, people: number): Promise<Held> {
  const api = async <T>(method: 'GET' | 'POST', path: string, data?: object): Promise<T> => {
    const reply = await owner.request.fetch(`${run.url}/api${path}`, { method, ...(data && { data }) });
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  const { items: programmes } = await api<{ items: { tiers: { id: string }[] }[] }>('GET', '/programmes');
  const [unit] = await run.sql<{ id: string }>("select unit_id as id from unit_version where kind = 'commune' and upper_inf(valid) order by code limit 1");
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const { id: classId } = await api<{ id: string }>('POST', '/classes', { tierId: programmes[0]?.tiers[0]?.id, unitId: unit?.id, title: 'Lớp đông người', place: 'Nhà văn hóa', expected: people, sessions: [{ date: today, part: 'morning', startsAt: '07:30', endsAt: '11:00' }], trainers: [{ guestName: 'Giảng viên mời', body: 'Sở Y tế' }] });
  await api('POST', `/classes/${classId}/moves`, { act: 'submit' });
  await run.sql("update training_class set status = 'approved' where id = $1", [classId]);
  for (let i = 0; i < people; i++) await api('POST', `/classes/${classId}/enrolments`, { name: `Y Học ${String.fromCharCode(65 + (i % 26))}${i}`, birthYear: 1985, phone: `09${String(30_000_000 + i * 7)}`, unitId: unit?.id, position: 'Cán bộ thôn' });
  const { code } = await api<{ code: string }>('POST', `/classes/${classId}/rooms`, { kind: 'pre' });
  const enrolments = await run.sql<Held['enrolments'][0]>('select e.id, e.person_id as "personId", e.name, p.phone from enrolment e join person p on p.id = e.person_id where e.class_id = $1 order by e.added_at', [classId]);
  return { classId, code, enrolments };
}
