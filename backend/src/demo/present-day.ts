import { addDays, addMonths } from '@lantoa/shared/rules/days';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { ChangesService, ForgeriesService } from '#modules/credentials';
import type { Tier } from '#modules/training';
import { VILLAGE_CLASSES } from './parameters.ts';
import type { ClassPlan, NewLearner, Stage } from './stage.ts';

const PER_COMMUNE = 4;
/** Communes of 2022 by their place in `VILLAGE_CLASSES`: whose people are trained again, and where classes are held now. */
const AGAIN = [0, 1, 2] as const;
const NAMES = ['Y Ánh', 'Y Ban', 'Y Chi', 'Nguyễn Thị Dung', 'Y Đào', 'Y Giang', 'Y Hương', 'Y Lan', 'Y Nga', 'Nguyễn Thị Sen', 'Y Thảo', 'Siu H\'Yên', 'Y Vân', 'Trần Thị Xuân', 'Y Bích', 'Y Duyên', 'Hoàng Thị Gấm', 'Y Hạnh', 'Y Khê', 'Lê Thị Liên', 'Y Mai', 'Y Nhung', 'Y Oanh', 'Y Phước'];

/**
 * What an office has on its desk today, counted back from the day on which the demonstration is built: certificates that lapse soon, some in force, one revoked, a plan, a report, a batch and a change that
 * wait for a second person, and a paper that somebody thinks is forged.
 */
export class PresentDay {
  constructor(private readonly demo: Stage) {}

  async hold([first, second, third]: readonly [Tier, Tier, Tier]): Promise<void> {
    const today = clock.today();
    const inOffice = addMonths(today, -24);
    const core = await this.trainAgain(first, addDays(inOffice, 30), 'Bồi dưỡng giảng viên nòng cốt, đợt 2', 0, [{ guestName: 'Giảng viên mời C (mẫu)', body: 'Hội LHPN Việt Nam' }]);
    const trained = await this.trainAgain(second, addDays(inOffice, 65), 'Bồi dưỡng giảng viên cấp xã, đợt 2', PER_COMMUNE * AGAIN.length, core.flatMap((c) => c.people).slice(0, 2).map((personId) => ({ personId })));
    const classes: [number, Partial<ClassPlan>][] = [[-95, { certificatesOn: addDays(today, -75) }], [-30, { until: 'prepared', certificatesOn: addDays(today, -20) }], [-6, { until: 'reported' }], [9, { until: 'planned' }]];
    for (const [i, [from, rest]] of classes.entries()) await this.village(third, trained[i % trained.length] as Trained, addDays(today, from), rest);
    await this.desk();
  }

  /** A class of people of the communes, whose certificates are given on a day. @returns those who passed, by commune */
  private async trainAgain(tier: Tier, certificatesOn: string, title: string, from: number, trainers: ClassPlan['trainers']): Promise<Trained[]> {
    const [day, { admin }] = [addDays(certificatesOn, -20), this.demo.staff];
    const communes = await Promise.all(AGAIN.map((i) => this.demo.unit((VILLAGE_CLASSES[i] as (typeof VILLAGE_CLASSES)[number])[0], day)));
    const people = communes.flatMap((c, k) => NAMES.slice(from + k * PER_COMMUNE, from + (k + 1) * PER_COMMUNE).map((name, i): NewLearner => ({ name: `${name} (mẫu)`, birthYear: 1978 + ((i * 7 + k * 5) % 22), sex: 'female', unitId: c.id, position: 'Cán bộ Hội LHPN xã', phone: `0900100${100 + from + k * PER_COMMUNE + i}` })));
    const province = await this.demo.unit('62', day);
    const classId = await this.demo.hold({ key: title, tier, depth: tier.position - 1, unitId: province.id, title, place: 'Hội trường Hội LHPN tỉnh', days: [day, addDays(day, 1)], learners: { people }, trainers, opener: admin, certificatesOn, decisionNo: `${11 + tier.position}/QĐ-BTV` });
    const rows = await this.demo.app.get(Db).rows<{ personId: string; unitId: string }>("select person_id as \"personId\", unit_id as \"unitId\" from enrolment where class_id = $1 and outcome = 'passed' order by sort_key", [classId]);
    return communes.map((c) => ({ communeId: c.id, people: rows.filter((r) => r.unitId === c.id).map((r) => r.personId) })).filter((c) => c.people.length);
  }

  /** A class for the villages of what a commune is on the day, taught by two of its trainers. */
  private async village(tier: Tier, { communeId, people }: Trained, day: string, rest: Partial<ClassPlan>): Promise<void> {
    const db = this.demo.app.get(Db);
    const { id, name } = await db.row<{ id: string; name: string }>('select v.unit_id as id, v.name from unit_version v where v.valid @> $2::date and v.unit_id = coalesce((select heir_id from unit_heir where unit_id = $1 and exact and valid @> $2::date), $1)', [communeId, day]);
    const villages = await db.rows<{ id: string; name: string }>("select unit_id as id, name from unit_version where parent_id = $1 and kind = 'village' and valid @> $2::date order by name, unit_id", [id, day]);
    const learners = Array.from({ length: 12 }, (_, i): NewLearner => ({ name: `${NAMES[(i * 5 + day.length + Number(day.slice(-2))) % NAMES.length]} ${day.slice(5, 7)}${i + 1} (mẫu)`, birthYear: 1970 + ((i * 11) % 33), sex: 'female', unitId: (villages[i % villages.length] ?? { id }).id, position: 'Tổ truyền thông cộng đồng', ...(i % 4 && { phone: `09002${day.slice(5, 7)}${day.slice(8)}${i % 10}` }) }));
    const trainers = people.slice(0, 2);
    await this.demo.hold({
      key: `nay ${day}`, tier, depth: 2, unitId: id, title: `Giới và bình đẳng giới cho thôn, ${name}`, place: `Nhà văn hóa ${name}`, days: [day], learners: { people: learners }, trainers: trainers.map((personId) => ({ personId })), opener: await this.demo.at(day, () => this.demo.actor(trainers[0] as string)), certificatesOn: day, decisionNo: `75/QĐ-BTV`, ...rest,
    });
  }

  private async desk(): Promise<void> {
    const { app, staff } = this.demo;
    const entries = await app.get(Db).rows<{ id: string; registerNo: string; holderName: string; birthYear: number | null; unitName: string }>('select id, register_no as "registerNo", holder_name as "holderName", birth_year as "birthYear", unit_name as "unitName" from register_entry order by seq desc limit 3');
    const [revoked, corrected, copied] = entries;
    if (!revoked || !corrected || !copied) return;
    const changes = app.get(ChangesService);
    const asked = await changes.ask(staff.registrar, { params: { entryId: revoked.id }, body: { act: 'revoke', registerNo: revoked.registerNo, reason: 'error', note: 'Cấp nhầm cho người chưa dự đủ buổi (mẫu)', decisionNo: '80/QĐ-BTV', wording: null } });
    await changes.decide(staff.approver, { params: { requestId: asked.id }, body: { verdict: 'approved', note: '' } });
    await changes.ask(staff.registrar, { params: { entryId: corrected.id }, body: { act: 'correct', registerNo: corrected.registerNo, reason: 'wrong-data', note: 'Sai năm sinh so với giấy tờ (mẫu)', decisionNo: '81/QĐ-BTV', wording: { holderName: corrected.holderName, birthYear: (corrected.birthYear ?? 1980) - 1, sex: 'female', unitName: corrected.unitName } } });
    await app.get(ForgeriesService).report({ body: { so: copied.registerNo, ten: 'Người khác (mẫu)', noi: 'Một hồ sơ xin việc', viec: 'Số trên giấy là của người khác, ảnh bị mờ (mẫu).' } });
  }
}

interface Trained { communeId: string; people: string[] }
