import type { RegisterLine } from '@lantoa/shared/register';
import writeExcelFile from 'write-excel-file/node';
import { shortDay } from '../papers/paper-text.rules.ts';
import { REASON_WORDS } from './reason-words.ts';

/** The book is an office's document: its words are Vietnamese, as in print. */
const STATES = { 'in-force': '', expired: 'Hết hiệu lực', revoked: 'Đã thu hồi', replaced: 'Đã thay' } as const;
const ACTS = { issue: 'Thay số', revocation: 'Thu hồi số', correction: 'Đính chính số' } as const;
const SEX = { female: 'Nữ', male: 'Nam' } as const;
const HEAD: [string, number][] = [['Số vào sổ', 18], ['Số hiệu', 20], ['Họ và tên', 28], ['Năm sinh', 10], ['Giới tính', 10], ['Đơn vị (tên lúc cấp)', 30], ['Khóa học', 36], ['Số giờ', 8], ['Quyết định', 16], ['Ngày cấp', 12], ['Có giá trị đến', 14], ['Người nhận', 26], ['Ngày nhận', 12], ['Ghi chú', 44]];

/** What a line says besides its own columns: which other line it is about and why, and what has become of it. */
export const noteOf = (l: RegisterLine): string => [
  l.about && `${ACTS[l.kind]} ${l.about}${l.reason ? ` (${REASON_WORDS[l.reason] ?? l.reason})` : ''}`, l.note, l.state && STATES[l.state],
].filter(Boolean).join('. ');

/** A line as the texts of a printed row. */
export const bookRow = (l: RegisterLine): string[] => [
  l.registerNo ?? '–', l.serialNo ?? '–', l.holderName, l.birthYear ? String(l.birthYear) : '', l.sex ? SEX[l.sex] : '', l.unitName, l.title, String(l.hours).replace('.', ','), l.decisionNo, shortDay(l.issuedOn), l.kind === 'issue' ? shortDay(l.validUntil) : '', l.receivedBy ?? '', l.receivedOn ? shortDay(l.receivedOn) : '', noteOf(l),
];

/** The lines as a workbook. */
export async function bookWorkbook(lines: readonly RegisterLine[], year: number): Promise<Uint8Array> {
  const text = (value: string) => ({ value, type: String });
  const file = (await writeExcelFile([{
    sheet: `Sổ cấp ${year}`, stickyRowsCount: 1, stickyColumnsCount: 3, columns: HEAD.map(([, width]) => ({ width })),
    data: [HEAD.map(([label]) => ({ ...text(label), fontWeight: 'bold' as const, wrap: true })), ...lines.map((l) => bookRow(l).map(text))],
  }] as never)) as unknown as { toBuffer(): Promise<Buffer> };
  return new Uint8Array(await file.toBuffer());
}
