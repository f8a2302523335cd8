import fc from 'fast-check';
import { launch, type Running } from './harness.ts';
import type { Fault } from './hostile-host.ts';
import { type Deed, learners, TestPhone } from './test-phone.ts';

jest.setTimeout(240_000);

let run: Running;
let form: { id: string; questions: { id: string; choices: string[] }[] };
beforeAll(async () => {
  run = await launch({ browser: false });
  const questions = await run.sql<{ form: string; id: string; options: { id: string }[] }>(
    "select i.form_id as form, v.id, v.options from form_item i join question_version v on v.id = i.question_version_id and v.kind = 'single' where i.form_id = (select f.id from form f join form_item x on x.form_id = f.id where f.kind = 'practice' group by f.id order by count(*) desc, f.id limit 1) order by i.position");
  form = { id: questions[0]?.form as string, questions: questions.map((q) => ({ id: q.id, choices: [...q.options.map((o) => o.id), 'unknown'] })) };
});
afterAll(async () => { await run?.close(); });

/** The server has exactly what these people did: every answer once, the last one marked, handed in what was handed in, and nothing else. */
async function expectExactly(personIds: string[], deeds: readonly Deed[]): Promise<void> {
  const attempts = await run.sql<{ id: string; submitted: boolean }>('select id, submitted_at is not null as submitted from attempt where person_id = any($1::uuid[])', [personIds]);
  expect(new Map(attempts.map((a) => [a.id, a.submitted]))).toEqual(new Map(deeds.map((d) => [d.attemptId, d.handedIn])));
  const answers = await run.sql<{ id: string; late: boolean }>('select s.id, s.late from answer s join attempt a on a.id = s.attempt_id where a.person_id = any($1::uuid[])', [personIds]);
  expect(answers.map((a) => a.id).sort()).toEqual(deeds.flatMap((d) => d.answers.map((a) => a.id)).sort());
  expect(answers.filter((a) => a.late)).toEqual([]);
  const marked = await run.sql<{ attempt: string; question: string; choice: string | null }>('select attempt_id as attempt, question_version_id as question, choice from mark m join attempt a on a.id = m.attempt_id where a.person_id = any($1::uuid[])', [personIds]);
  for (const m of marked) {
    const last = deeds.find((d) => d.attemptId === m.attempt)?.answers.filter((a) => a.question === m.question).at(-1);
    expect(m.choice).toBe(last?.choice ?? null);
  }
}

const FAULTS: Fault[] = ['lost', 'cut', 'portal', '500', '401'];
type Step = { do: 'begin' | 'answer' | 'hand in' | 'send' | 'kill' | 'echo' | 'clock'; phone: number; n: number; fault: Fault | null };
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('begin', 'answer', 'answer', 'answer', 'answer', 'hand in', 'send', 'send', 'kill', 'echo', 'clock'), phone: fc.nat(1), n: fc.nat(10_000), fault: fc.option(fc.constantFrom(...FAULTS), { nil: null }),
});

async function take(phones: readonly TestPhone[], s: Step): Promise<void> {
  const phone = phones[s.phone] as TestPhone;
  const open = phone.deeds.find((d) => !d.handedIn);
  const question = form.questions[s.n % form.questions.length];
  if (s.do === 'begin' && !open) await phone.begin(form.id);
  if (s.do === 'answer' && open && question) await phone.answer(open, question.id, question.choices[s.n % question.choices.length] as string);
  if (s.do === 'hand in' && open) await phone.handIn(open);
  if (s.do === 'clock') phone.skewMs = (s.n - 5000) * 60_000;
  if (s.do === 'echo') await phone.echo(s.n);
  if (s.do === 'kill') phone.crash();
  if (s.do === 'send') {
    if (s.fault) phone.faults.push(s.fault);
    await phone.flush();
  }
}

test('whatever happens in whatever order on two phones of one person, the server has in the end what was done', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
    const [person] = await learners(run, 1) as [Awaited<ReturnType<typeof learners>>[0]];
    const phones = [0, 1].map((i) => new TestPhone(() => run.url, person, `${person.id} ${i}`));
    for (const s of steps) await take(phones, s);
    for (const p of phones) await p.settle();
    await expectExactly([person.id], phones.flatMap((p) => p.deeds));
    for (const p of phones) expect(await p.kept()).toEqual([]);
  }), { numRuns: 30 });
});

/** A phone with a whole practice done on it and nothing sent. */
async function fullPhone(person: { id: string; cookie: string }, name: string, rounds: number): Promise<TestPhone> {
  const phone = new TestPhone(() => run.url, person, name);
  phone.away = true;
  for (let r = 0; r < rounds; r++) {
    const deed = await phone.begin(form.id);
    for (const q of form.questions) await phone.answer(deed, q.id, q.choices[r % q.choices.length] as string);
    await phone.handIn(deed);
  }
  await phone.flush();
  phone.away = false;
  return phone;
}

test('the server is killed in the middle of a batch, and its database loses every connection in the middle of another: nothing is lost, nothing is there twice', async () => {
  const people = await learners(run, 6);
  const phones = await Promise.all(people.map((p) => fullPhone(p, p.id, 12)));
  await Promise.all(phones.map((p) => p.flush().catch(() => undefined)).concat(new Promise<void>((done) => setTimeout(done, 60)).then(() => run.crash())));
  const cut = async () => { for (let i = 0; i < 5; i++) { await new Promise((done) => setTimeout(done, 15)); await run.sql('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'); } };
  await Promise.all([...phones.map((p) => p.flush()), cut()]);
  for (const p of phones) await p.settle();
  await expectExactly(people.map((p) => p.id), phones.flatMap((p) => p.deeds));
});

test('a phone that told of its work and was then cleared by the system is named with what never came', async () => {
  const [person] = await learners(run, 1) as [Awaited<ReturnType<typeof learners>>[0]];
  const phone = await fullPhone(person, person.id, 50);
  const all = (await phone.kept()).length;
  // One batch arrives and tells of the rest; then the phone is gone.
  phone.faults.push('lost');
  await phone.flush();
  const [device] = await run.sql<{ pending: number }>('select pending from sync_device where person_id = $1', [person.id]);
  expect(device?.pending).toBeGreaterThan(0);
  expect(device?.pending).toBeLessThan(all);
});

/** `npm run bench -- soak` says more: 200 phones with 500 answers each. */
const [PHONES, ANSWERS] = (process.env.SOAK ?? '20x24').split('x').map(Number) as [number, number];
test(`${PHONES} phones with ${ANSWERS} answers each come back through a link that fails one time in three: unique answers on the server = answers given`, async () => {
  const people = await learners(run, PHONES);
  const phones: TestPhone[] = [];
  for (const p of people) phones.push(await fullPhone(p, p.id, Math.ceil(ANSWERS / form.questions.length)));
  let seed = 7;
  const next = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  for (const p of phones) p.faults = Array.from({ length: 12 }, () => (next() < 0.34 ? FAULTS[Math.floor(next() * FAULTS.length)] : undefined) as Fault);
  await Promise.all(phones.map((p) => p.flush()));
  await Promise.all(phones.map((p) => p.settle()));
  await expectExactly(people.map((p) => p.id), phones.flatMap((p) => p.deeds));
  const given = phones.flatMap((p) => p.deeds.flatMap((d) => d.answers)).length;
  const [there] = await run.sql<{ n: number }>('select count(distinct s.id)::int as n from answer s join attempt a on a.id = s.attempt_id where a.person_id = any($1::uuid[])', [people.map((p) => p.id)]);
  expect(there?.n).toBe(given);
}, 3_600_000);
