import { Db } from '#platform/db';
import { UnitChangesService } from '#modules/organisation';
import type { Tier } from '#modules/training';
import { chance } from './learning.rules.ts';
import { MODEL, VILLAGE_CLASSES, VILLAGES } from './parameters.ts';
import type { NewLearner, Stage } from './stage.ts';

const NAMES = { female: ['Y Blưu', 'Y Hlim', 'Y Khuyên', 'Y Mơ', 'Y Ngân', 'Y Sương', 'Nguyễn Thị Lụa', 'Trần Thị Nhài', 'Siu H\'Nga', 'Y Thoa'], male: ['A Bheo', 'A Dung', 'A Klong', 'A Thuk', 'Lê Văn Đồng', 'A Yên'] };
const POSITIONS = ['Tổ truyền thông cộng đồng', 'Chi hội trưởng phụ nữ', 'Trưởng thôn', 'Người có uy tín', 'Hội viên phụ nữ'];

/** The third tier of the demonstration: classes in communes for people of villages that are invented, taught by those certified in the second. */
export class VillageClasses {
  constructor(private readonly demo: Stage) {}

  async hold(tier: Tier, above: Tier): Promise<void> {
    for (const [code, start, people] of VILLAGE_CLASSES) {
      const commune = await this.demo.unit(code);
      const villages = await this.villages(commune.id, start);
      const trainers = await this.demo.certifiedIn(commune.id, start, above);
      if (!trainers.length) continue;
      await this.demo.hold({
        key: `thon ${code}`, tier, depth: 2, unitId: commune.id, title: `Giới và bình đẳng giới cho thôn, ${commune.name}`, place: `Nhà văn hóa ${commune.name}`, days: [start], learners: { people: this.people(code, villages.slice(0, VILLAGES.count - VILLAGES.empty), people) },
        trainers: trainers.map((personId) => ({ personId })), opener: await this.demo.at(start, () => this.demo.actor(trainers[0] as string)), certificatesOn: VILLAGES.certificatesOn, decisionNo: `60/QĐ-BTV ${code}`,
      });
    }
  }

  /** Opens a commune's villages, and takes them along into the commune that it became. */
  private async villages(communeId: string, day: string): Promise<string[]> {
    const { app } = this.demo;
    const [heir] = await app.get(Db).rows<{ id: string }>('select heir_id as id from unit_heir where unit_id = $1 and exact', [communeId]);
    const ids: string[] = [];
    for (let i = 1; i <= VILLAGES.count; i++) {
      const name = `Thôn ${i} (mẫu)`;
      await app.get(UnitChangesService).record(this.demo.staff.owner, { body: { kind: 'open', on: VILLAGES.openedOn, document: 'Danh sách thôn (mẫu)', note: null, unit: { name, kind: 'village', code: null, parentId: communeId } } });
      const { id } = await app.get(Db).row<{ id: string }>('select unit_id as id from unit_version where name = $1 and parent_id = $2 and valid @> $3::date', [name, communeId, day]);
      if (heir) await app.get(UnitChangesService).record(this.demo.staff.owner, { body: { kind: 'move', on: VILLAGES.mergedOn, document: '1677/NQ-UBTVQH15', note: null, unitId: id, parentId: heir.id } });
      ids.push(id);
    }
    return ids;
  }

  private people(code: string, villages: readonly string[], n: number): NewLearner[] {
    const next = chance(MODEL.seed, `villages ${code}`);
    const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
    return Array.from({ length: n }, (_, i) => {
      const sex = next() < 0.7 ? 'female' : 'male';
      return { name: `${pick(NAMES[sex])} ${code.slice(-2)}${i + 1} (mẫu)`, birthYear: 1965 + Math.floor(next() * 38), sex, unitId: villages[i % villages.length] as string, position: pick(POSITIONS) };
    });
  }
}

