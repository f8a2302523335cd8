import type { Page } from 'playwright-core';
import { DESKTOP, launch, PHONE, type Running } from './harness.ts';
import { press, Steps } from './steps.ts';

jest.setTimeout(400_000);

let run: Running;
let steps: Steps;
beforeAll(async () => {
  run = await launch();
  steps = new Steps(run);
});
afterAll(async () => { await run?.close(); });

test('from an empty installation to a certificate that a stranger verifies, and a dashboard that counts like SQL', async () => {
  // The owner opens the link once.
  const owner = await steps.enterAsOwner();

  // Units as of 2022 and as of today.
  await owner.getByRole('link', { name: 'Đơn vị' }).first().click();
  await owner.getByText('1 tỉnh · 0 huyện · 96 xã, phường').waitFor();
  await press(owner, '31/12/2022');
  await owner.getByText('1 tỉnh · 10 huyện · 102 xã, phường').waitFor();
  await steps.look(owner, 'units');

  // A second person, because nobody approves their own.
  const slip = await steps.addPerson(owner, { name: 'Lê Thị Duyệt', phone: '0905654321', position: 'Phó Chủ tịch Hội LHPN', roles: ['Quản trị đơn vị', 'Người phê duyệt'] });
  const approver = await steps.window('approver', DESKTOP);
  await steps.enterWithSlip(approver, '0905654321', slip, 'rừng thông măng đen');

  // The province class with its roster of 150, attendance and tests.
  await owner.goto(`${run.url}/quan-ly/lop`);
  await steps.look(owner, 'classes, empty');
  await steps.openClass(owner, { tier: /Tầng Tỉnh/, day: '2022-11-08', days: 1, unit: 'tinh kon tum', guest: 'Giảng viên mời' });
  const provincePath = new URL(owner.url()).pathname;
  await steps.decide(approver, provincePath, 'Duyệt');
  await owner.goto(run.url + provincePath);
  await steps.importRoster(owner, '2022-11-lop-tinh-150.xlsx', 150);
  await steps.look(owner, 'hub');
  await steps.attend(owner, ['Điểm danh sáng 08/11', 'Điểm danh chiều 08/11']);

  // Three learners come with slips and take both tests on a phone.
  const learners: { id: string; page: Page }[] = [];
  for (const person of await steps.uniquelyNamed(provincePath, 3)) learners.push({ id: person.id, page: await steps.admit(owner, provincePath, person) });
  const phones = learners.map((l) => l.page);
  await steps.bothTests(owner, provincePath, phones, 150);
  await steps.look(phones[0] as Page, 'result of the post-test');
  await (phones[0] as Page).getByText(/đúng 18\/20/).waitFor();

  // Report, approval, certificates by two people.
  await owner.goto(run.url + provincePath);
  await steps.report(owner);
  await steps.decide(approver, provincePath, 'Duyệt báo cáo');
  await steps.award(owner, approver, { decision: '31/QĐ-BTV', issuedOn: '2022-11-12', n: 3 });

  // One of them, now a trainer, opens a district class and imports its roster.
  const trainer = phones[0] as Page;
  await trainer.setViewportSize(DESKTOP);
  await trainer.goto(`${run.url}/quan-ly/lop`);
  await trainer.getByText('Chưa có lớp nào').waitFor();
  await steps.openClass(trainer, { tier: /Tầng Huyện/, day: '2022-11-15', days: 1, unit: 'huyen dak glei' });
  const districtPath = new URL(trainer.url()).pathname;
  await steps.decide(owner, districtPath, 'Duyệt');
  await trainer.goto(run.url + districtPath);
  await steps.importRoster(trainer, '2022-11-lop-02-huyen-dak-glei-71.xlsx', 71);
  await steps.attend(trainer, ['Điểm danh sáng 15/11', 'Điểm danh chiều 15/11']);

  // A commune member takes the tests and gets a certificate.
  const [member] = (await steps.uniquelyNamed(districtPath, 1)) as [{ id: string; name: string; code: string }];
  const memberPhone = await steps.admit(trainer, districtPath, member);
  await steps.bothTests(trainer, districtPath, [memberPhone], 71);
  await trainer.goto(run.url + districtPath);
  await steps.report(trainer);
  await steps.decide(owner, districtPath, 'Duyệt báo cáo');
  await steps.award(owner, approver, { decision: '41/QĐ-BTV', issuedOn: '2022-11-20', n: 1 });
  await memberPhone.goto(`${run.url}/hoc/chung-nhan`);
  await memberPhone.getByRole('definition').filter({ hasText: '0001/2022/GCN-PN' }).waitFor();
  await steps.look(memberPhone, 'wallet');
  await press(memberPhone, 'Cho xem mã');
  await memberPhone.getByRole('img', { name: /Mã QR/ }).waitFor();

  // A stranger opens the address of the QR code and sees who trained whom.
  const [entry] = await run.sql<{ token: string }>("select token from register_entry where register_no = '0001/2022/GCN-PN'");
  const stranger = await steps.window('stranger', PHONE);
  await stranger.goto(`${run.url}/v/${entry?.token}`);
  const text = await stranger.locator('main').innerText();
  for (const part of [member.name, '0001/2022/GCN-PN', 'Huyện Đắk Glei', '/2022/GCN-GV', 'còn hiệu lực ngày mở lớp', 'Tỉnh Kon Tum', 'Giảng viên mời']) expect(text).toContain(part);
  await steps.look(stranger, 'verification');

  // The dashboard shows all three tiers, and its numbers are those of a count.
  await owner.goto(`${run.url}/quan-ly/toan-canh?ngay=2022-12-31`);
  const counted = await run.sql<{ name: string; passed: number; post: string; n: number }>(
    `select t.name, count(distinct e.person_id) filter (where e.outcome = 'passed')::int as passed, count(a.id)::int as n, round(100 * avg(a.anchor_right::numeric / a.anchor_total), 1)::text as post
      from tier t left join training_class c on c.tier_id = t.id and c.ends_on <= '2022-12-31' left join enrolment e on e.class_id = c.id left join attempt a on a.sitting_id = c.post_sitting_id and a.person_id = e.person_id and a.counts group by t.position, t.name order by t.position`);
  expect(counted.map((c) => [c.name, c.passed])).toEqual([['Tỉnh', 3], ['Huyện', 1], ['Xã, thôn', 0]]);
  const ladder = owner.locator('svg.ladder');
  await ladder.waitFor();
  // Sums follow within seconds.
  await owner.getByText(/Đã tập huấn 4\/1\.770/).waitFor();
  const rows = await ladder.getByRole('button').evaluateAll((all) => all.map((g) => g.textContent ?? ''));
  expect(rows).toHaveLength(3);
  counted.forEach((c, i) => {
    expect(rows[i]).toContain(`Tầng ${i + 1} · ${c.name}`);
    expect(rows[i]).toContain(`${c.passed}/${['150', '600', '1.020'][i]}`);
    expect(rows[i]).toMatch(new RegExp(`n = \\d+, ${c.n}`));
  });
  await steps.look(owner, 'overview');
  await owner.goto(`${run.url}/quan-ly/so-cap`);
  await press(owner, 'Kiểm tra toàn vẹn sổ');
  await owner.getByText('Sổ nguyên vẹn: 4 dòng').waitFor();
  await steps.look(owner, 'register');

  expect(steps.noticed).toEqual([]);
});
