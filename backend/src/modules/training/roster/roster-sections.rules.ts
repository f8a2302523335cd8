import { fold } from '@lantoa/shared/rules/text';

/** A row that names the unit of the people below it. `level`: 0 province, 1 district, 2 commune, 3 village. */
export interface Section { level: 0 | 1 | 2 | 3; name: string }

const LEVELS: readonly [Section['level'], RegExp][] = [
  [3, /^(thôn|làng|buôn|bản|plei|tổ dân phố|tdp\.?|khối phố|khu phố|thon|tổ \d)(?=[\s.\d])/iu],
  [2, /^(xã|phường|thị trấn|đặc khu|tt\.|x\.|p\.|xa|phuong|thi tran)\s*(?=\S)/iu],
  [1, /^(huyện|thành phố|thị xã|quận|tp\.?|h\.|tx\.?|huyen|thanh pho)\s+(?=\S)/iu],
  [0, /^(tỉnh|tinh)\s+(?=\S)/iu],
];
const NUMERAL = /^(?:[IVXLC]+|[A-Z]|\d{1,3})(?:\.\d+)*[.):/-]?\s+(?=\S)|^[-*•+]\s*/;
const COUNT = /[\s:,–-]*\(?\s*\d+\s*(?:người|học viên|đại biểu|đồng chí|đ\/c|nguoi)?\s*\)?\.?$/iu;
const LEAD = /^(đơn vị|địa bàn|cụm|danh sách)\s*:?\s+(?=xã|phường|thị trấn|huyện|thành phố|thôn|làng)/iu;

/** The unit that a row announces for those below it, or `null`: one text, perhaps behind a numeral, that begins like a unit. */
export function sectionOf(texts: readonly string[]): Section | null {
  const parts = [...new Set(texts.filter((t) => t && !/^(?:[IVXLC]+|[A-Z]|\d{1,3})[.):]?$/.test(t)))];
  if (parts.length !== 1) return null;
  const name = (parts[0] as string).replace(NUMERAL, '').replace(LEAD, '').replace(/[\s:]*\(.*\d+.*\)\s*$/, '').replace(/:\s*\d+.*$/, '').replace(/^(.{6,}?\p{L})[\s,–-]+\d+\s*(người|học viên|đại biểu|đồng chí)\.?$/iu, '$1').trim();
  if (!name || name.length > 80) return null;
  const level = LEVELS.find(([, pattern]) => pattern.test(name))?.[0];
  return level === undefined ? null : { level, name: level === 3 ? name : name.replace(COUNT, (c) => (/\p{L}/u.test(c) ? '' : c)).trim() };
}

/** The sections that a row stands in. A new one ends those below it. */
export class Sections {
  private readonly at: (string | undefined)[] = [];

  enter(section: Section): void {
    this.at[section.level] = section.name;
    this.at.length = section.level + 1;
  }

  /** From the innermost outwards. */
  names(): string[] {
    return [...this.at].reverse().filter((n) => n !== undefined);
  }
}

const FOOTER = /^(\(?(tong|cong)\b)|danh sach (nay|tren|gom)|an dinh danh sach|(^|\b)ngay[ .…\d]*thang|nguoi lap( bieu| danh sach)?|\bky,? (va )?(ghi|dong|ten)|xac nhan (cua|don vi)|^(tm|t\/m|kt)\.? |thu truong|^giang vien$|^(chu tich|pho chu tich|giam doc|truong phong)$|\blap bieu\b/;
/** Does a row end a list: a total, a day and place, a signature? */
export const isFooter = (text: string): boolean => FOOTER.test(fold(text).replace(/^[-+*•\s]+/, ''));

const VILLAGE = /^(thôn|làng|buôn|bản|plei|kon|tổ|tdp|khối|khu|xã|phường|thị trấn|hội|thon|lang)(?=[\s.\d])/iu;

/**
 * Where somebody is from, in one line that ends with the widest unit: village, commune or office, district, then the sections that are not named in it
 * already. An address counts only where no unit is given, and so does a unit behind a position.
 */
export function placeOf(p: { unit: string; positionUnit: string; address: string; village: string; district: string; sections: readonly string[] }): string {
  const village = p.village && !VILLAGE.test(p.village) ? `Thôn ${p.village}` : p.village;
  const own = p.unit || p.positionUnit || p.address;
  const parts = [fold(own).includes(fold(p.village)) && p.village ? '' : village, own, p.district && !fold(own).includes(fold(p.district)) ? p.district : ''].filter(Boolean);
  for (const s of p.sections) {
    const said = fold(parts.join(' '));
    if (!said.includes(fold(s)) && !said.endsWith(bare(s))) parts.push(s);
  }
  return parts.join(', ');
}

const bare = (name: string): string => fold(name).replace(/^(tinh|thanh pho|thi xa|huyen|quan|xa|phuong|thi tran|dac khu|tp\.?|tx\.?|tt\.?|h\.|x\.|p\.)\s*/, '');
