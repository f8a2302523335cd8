import type { RosterRow } from '@lantoa/shared/training';
import writeExcelFile from 'write-excel-file/node';

const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'Giới tính', 'Dân tộc', 'Chức vụ', 'Đơn vị', 'Số điện thoại', 'Ghi chú'];
/** Why a row did not get in, as it stands in the last column of the sheet that goes back to the office. */
const REASONS: Record<string, string> = {
  'name-missing': 'thiếu họ tên', 'birth-year-missing': 'thiếu năm sinh', 'birth-year-odd': 'xem lại năm sinh', 'sex-both': 'đánh dấu cả Nam và Nữ', 'sex-missing': 'chưa ghi giới tính', 'unit-missing': 'thiếu đơn vị', 'unit-unknown': 'không tìm thấy đơn vị', 'unit-ambiguous': 'có nhiều đơn vị cùng tên, ghi thêm huyện', 'unit-former': 'tên đơn vị cũ',
  'phone-length': 'số điện thoại không đủ 10 số', 'phone-format': 'số điện thoại có ký tự lạ', 'phone-lost-zero': 'số điện thoại mất số 0', 'cell-markup': 'ô có mã HTML', 'cell-formula': 'ô có công thức', 'cell-too-long': 'ô quá dài', 'duplicate-row': 'trùng dòng khác', 'person-maybe': 'có thể đã có trong danh sách', 'phone-shared': 'dùng chung số điện thoại', 'already-enrolled': 'đã có trong lớp', 'in-other-class': 'cùng ngày có tên ở lớp khác',
  'name-capitals': 'tên viết hoa', 'font-converted': 'đã chuyển từ phông chữ cũ', 'birth-year-from-age': 'năm sinh tính từ tuổi', 'sex-inferred': 'giới tính suy ra từ cột Nữ', 'phone-two': 'có hai số điện thoại', 'phone-old-prefix': 'đầu số cũ',
};

const cell = (value: string | number | null) => (value === null ? null : { value, type: (typeof value === 'number' ? Number : String) as NumberConstructor & StringConstructor });
const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
/** A sheet with a bold head and plain rows; `widths` in characters. */
export const spreadsheet = (widths: readonly number[], head: readonly (readonly string[])[], rows: readonly (readonly (string | number | null)[])[]): Promise<Uint8Array> => made([...head.map((r) => r.map(bold)), ...rows.map((r) => r.map(cell))], widths);

const made = async (rows: unknown[][], widths: readonly number[] = [6, 28, 10, 10, 14, 30, 40, 16, 40]): Promise<Uint8Array> => {
  const file = (await writeExcelFile(rows as never, { columns: widths.map((width) => ({ width })) } as never)) as unknown as { toBuffer(): Promise<Buffer> };
  return new Uint8Array(await file.toBuffer());
};

/** An empty roster with one example; the phone column is text, so that Excel keeps the first zero. */
export const rosterTemplate = (): Promise<Uint8Array> =>
  made([HEAD.map(bold), [cell(1), cell('Y Blŏ (ví dụ, xóa dòng này)'), cell(1987), cell('Nữ'), cell(null), cell('Chi hội trưởng phụ nữ'), cell('Thôn Kon Rờ Bàng, Xã Đắk Cấm'), cell('0905123456'), cell(null)]]);

/** The rows that stayed out, as they were written, with the reason in words. */
export const failedRowsSheet = (rows: readonly RosterRow[]): Promise<Uint8Array> =>
  made([[...HEAD, 'Lý do chưa nhập'].map(bold), ...rows.map((r) => [cell(r.row), cell(r.name), cell(r.birthYear), cell(r.sex === 'female' ? 'Nữ' : r.sex === 'male' ? 'Nam' : null), cell(r.ethnicity), cell(r.position), cell(r.unit), cell(r.phoneTyped), cell(null), cell(r.state === 'skipped' ? 'đã bỏ qua' : r.problems.map((p) => REASONS[p] ?? p).join('; '))])]);
