import type { RosterField, RosterProblem } from '@lantoa/shared/training';
import { fold } from '@lantoa/shared/rules/text';
import { readingOf, rowToUnicode } from './old-fonts.rules.ts';
import { readPhoneCell } from './phone-cell.rules.ts';
import { isShouted, sexOf, withoutTitle, yearOf, yearOfAge } from './roster-cells.rules.ts';
import { type Cell, type Column, type Header, headerAt, isNumbering, textOf } from './roster-columns.rules.ts';
import { isFooter, placeOf, Sections, sectionOf } from './roster-sections.rules.ts';

/** A row as the file says it, before any question of who and where. `row` is its number in the sheet, from 1; `line` its place among all people of the file, from 1. */
export interface ReadRow {
  line: number; sheet: string; row: number; name: string; birthYear: number | null; sex: 'female' | 'male' | null; ethnicity: string | null; position: string; unit: string; phone: string | null; phoneTyped: string | null;
  /** The name as it was typed in an old font, where it was turned into Unicode. */
  typedName: string | null; problems: RosterProblem[];
}
export interface SheetReading { sheet: string; columns: Column[]; headers: { column: number; header: string; samples: string[] }[]; unusedHeaders: string[]; rows: ReadRow[]; ignored: { sheet: string; row: number; text: string }[]; said: number | null }
/** Which column is what, as a human has said it, in place of what the header says. */
export type Mapping = readonly { column: number; field: RosterField | null }[];

const HEADER_WITHIN_ROWS = 60;
const LONGEST_CELL = 300;

interface Line { row: number; cells: readonly Cell[]; texts: readonly string[]; typed: readonly string[] }

/**
 * Reads one sheet: finds the header among title rows (one row or two, also again further down), turns old fonts into Unicode, hands section rows (`II. Xã Đắk
 * Pék`) down to the people below them and leaves out totals, numbering and signatures. Returns `null` when no row is a header: nothing is guessed.
 * `year` is the year that ages count from, unless the file names a day of its own.
 */
export function readTable(sheet: string, table: readonly (readonly Cell[])[], o: { year: number; mapping?: Mapping | undefined }): SheetReading | null {
  const lines = toLines(table);
  const texts = lines.map((l) => l.texts);
  const first = texts.slice(0, HEADER_WITHIN_ROWS).findIndex((_, i) => headerAt(texts, i));
  const header = first < 0 ? null : headerAt(texts, first);
  if (!header) return null;
  const reader = new Reader(sheet, mapped(header.columns, header.titles, o.mapping), yearNamed(texts) ?? o.year);
  for (let i = first + header.rows; i < lines.length; i++) {
    const again = headerAt(texts, i);
    if (again) {
      // A table of its own further down, or the header repeated on the next page.
      if (!o.mapping) reader.columns = again.columns;
      i += again.rows - 1;
    } else reader.take(lines[i] as Line);
  }
  const rows = withInferredSex(reader);
  return { sheet, columns: mapped(header.columns, header.titles, o.mapping), headers: headersOf(header, rows, texts), unusedHeaders: header.unused, rows, ignored: reader.ignored, said: reader.said() };
}

function toLines(table: readonly (readonly Cell[])[]): Line[] {
  const typed = table.map((cells) => cells.map(textOf));
  const reading = readingOf(typed.flat());
  return table.map((cells, i) => ({ row: i + 1, cells, typed: typed[i] as string[], texts: rowToUnicode(typed[i] as string[], reading).cells }));
}

function mapped(columns: Column[], header: readonly string[], mapping: Mapping | undefined): Column[] {
  if (!mapping) return columns;
  const said = new Set(mapping.map((m) => m.column));
  const taken = new Set(mapping.map((m) => m.field));
  return [...columns.filter((c) => !said.has(c.column) && !taken.has(c.field)), ...mapping.flatMap((m) => (m.field ? [{ field: m.field, header: header[m.column] ?? '', column: m.column }] : []))].sort((a, b) => a.column - b.column);
}

/** The year of `ngày 5 tháng 11 năm 2022`, which an office writes above or below its list. */
const yearNamed = (texts: readonly (readonly string[])[]): number | null => {
  for (const row of texts) for (const t of row) {
    const year = /thang \d{1,2} nam (20\d{2})/.exec(fold(t))?.[1];
    if (year) return Number(year);
  }
  return null;
};

const SAMPLES = 3;
/** Every column with something in it, with the first values of people, so that a human can say what it is. */
function headersOf(header: Header, rows: readonly ReadRow[], texts: readonly (readonly string[])[]): SheetReading['headers'] {
  const width = Math.max(0, ...rows.map((r) => texts[r.row - 1]?.length ?? 0));
  return Array.from({ length: width }, (_, column) => ({ column, header: header.titles[column] ?? '', samples: rows.map((r) => texts[r.row - 1]?.[column] ?? '').filter(Boolean).slice(0, SAMPLES) })).filter((h) => h.header || h.samples.length);
}

class Reader {
  readonly rows: (ReadRow & { femaleOnly: boolean })[] = [];
  readonly ignored: SheetReading['ignored'] = [];
  private readonly sections = new Sections();
  private afterFooter = false;
  constructor(private readonly sheet: string, public columns: Column[], private readonly year: number) {}

  take(line: Line): void {
    if (!line.texts.some(Boolean)) return;
    const joined = line.texts.filter(Boolean).join(' ');
    if (this.isPerson(line)) return void this.rows.push(this.person(line));
    const section = sectionOf(line.texts);
    if (section) this.sections.enter(section);
    else if (isFooter(joined)) this.afterFooter = true;
    this.ignored.push({ sheet: this.sheet, row: line.row, text: joined.slice(0, 200) });
  }

  /** How many people the file says that it lists. */
  said(): number | null {
    const numbers = this.ignored.filter((r) => isFooter(r.text)).map((r) => Number(/(\d+)\s*(nguoi|hoc vien|dai bieu|dong chi)/.exec(fold(r.text))?.[1] ?? Number.NaN));
    return numbers.findLast((n) => !Number.isNaN(n)) ?? null;
  }

  private value(line: Line, field: RosterField): string {
    const found = this.columns.find((c) => c.field === field);
    return found ? (line.texts[found.column] ?? '') : '';
  }

  private nameOf(from: readonly string[]): string {
    const at = (field: RosterField) => { const c = this.columns.find((x) => x.field === field); return c ? (from[c.column] ?? '') : ''; };
    return [at('name') || at('familyName'), at('givenName')].filter(Boolean).join(' ');
  }

  /** A person has a number of the list and something more, or a name and something more; a total, a section or a signature has not. */
  private isPerson(line: Line): boolean {
    if (isNumbering(line.texts)) return false;
    const numbered = /^\d+[.)]?$/.test(this.value(line, 'serial'));
    const name = this.nameOf(line.texts);
    const more = (['birthYear', 'age', 'phone', 'position', 'positionUnit', 'unit', 'village', 'address', 'ethnicity', 'sex', 'male', 'female'] as const).filter((f) => this.value(line, f)).length;
    if (!name && !more) return false;
    const evidence = this.value(line, 'phone') !== '' || this.birth(line) !== null;
    if (sectionOf(line.texts) && !evidence) return false;
    if (this.afterFooter) return numbered ? more > 0 : evidence && name !== '' && !isFooter(line.texts.filter(Boolean).join(' '));
    if (numbered) return true;
    return name !== '' && more > 0 && !(isFooter(line.texts.filter(Boolean).join(' ')) && !evidence);
  }

  private birth(line: Line): number | null {
    const cellOf = (field: RosterField) => { const c = this.columns.find((x) => x.field === field); return c ? line.cells[c.column] : undefined; };
    const told = yearOf(cellOf('birthYear'), this.year);
    if (told !== null) return told;
    // `Năm sinh` over `Nam` and `Nữ`: the year stands below the sex.
    for (const f of ['male', 'female'] as const) if (/\d{2}/.test(this.value(line, f))) return yearOf(cellOf(f), this.year);
    return null;
  }

  private person(line: Line): ReadRow & { femaleOnly: boolean } {
    const problems: RosterProblem[] = [];
    const all = this.columns.map((c) => line.texts[c.column] ?? '');
    if (all.some((t) => /<[a-z/!]/i.test(t))) problems.push('cell-markup');
    if (all.some((t) => /^[=@]|^\+(?![\d(])|^-(?!\s|\d|$)/.test(t))) problems.push('cell-formula');
    if (all.some((t) => t.length > LONGEST_CELL)) problems.push('cell-too-long');
    const cut = (field: RosterField) => this.value(line, field).slice(0, LONGEST_CELL);
    const { name, sex: titled } = withoutTitle(this.nameOf(line.texts).slice(0, LONGEST_CELL));
    if (!name) problems.push('name-missing');
    const typedName = this.nameOf(line.typed);
    const converted = all.some((t, i) => t !== (line.typed[this.columns[i]?.column ?? -1] ?? ''));
    if (converted) problems.push('font-converted');
    if (isShouted(name)) problems.push('name-capitals');
    const told = this.birth(line);
    const ageColumn = this.columns.find((c) => c.field === 'age');
    const birthYear = told ?? (ageColumn ? yearOfAge(line.cells[ageColumn.column], this.year) : null);
    if (birthYear === null) problems.push('birth-year-missing');
    else if (told === null) problems.push('birth-year-from-age');
    const sex = sexOf(this.value(line, 'male'), this.value(line, 'female'), this.value(line, 'sex'));
    if (sex === 'both') problems.push('sex-both');
    const known = sex === 'both' ? null : (sex ?? titled);
    const unit = placeOf({ unit: cut('unit'), positionUnit: cut('positionUnit'), address: cut('address'), village: cut('village'), district: cut('district'), sections: this.sections.names() });
    if (!unit) problems.push('unit-missing');
    const phones = this.columns.filter((c) => c.field === 'phone').map((c) => line.texts[c.column] ?? '').filter(Boolean);
    const phone = readPhoneCell(phones.join(' ; '));
    problems.push(...phone.problems);
    return { line: 0, sheet: this.sheet, row: line.row, name, birthYear, sex: known, ethnicity: cut('ethnicity') || null, position: cut('position') || cut('positionUnit'), unit, phone: phone.phone, phoneTyped: phones.join(' ; ') || null, typedName: converted && typedName !== name ? typedName : null, problems, femaleOnly: this.onlyFemaleColumn() };
  }

  private onlyFemaleColumn(): boolean {
    const fields = this.columns.map((c) => c.field);
    return fields.includes('female') && !fields.includes('male') && !fields.includes('sex');
  }
}

/** Where a list has a column for women only, a blank means a man, provided that somebody is ticked at all. */
function withInferredSex(reader: Reader): ReadRow[] {
  const used = reader.rows.some((r) => r.sex === 'female');
  return reader.rows.map(({ femaleOnly, ...r }) => {
    if (r.sex !== null || r.problems.includes('sex-both')) return r;
    return femaleOnly && used ? { ...r, sex: 'male' as const, problems: [...r.problems, 'sex-inferred' as const] } : { ...r, problems: [...r.problems, 'sex-missing' as const] };
  });
}

