import writeExcelFile from 'write-excel-file/universal';
import { t } from '../lib/i18n.ts';
import type { Column, TableOf } from './table.ts';

const FORMATS: Partial<Record<NonNullable<Column['kind']>, string>> = { int: '#,##0', points: '0.0', share: '0.0%' };

/** A workbook of two sheets: the numbers as they are shown (not rounded), and where they come from. */
export async function excelOf(title: string, table: TableOf, about: readonly (readonly [string, string])[]): Promise<Blob> {
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const, wrap: true });
  const cell = (value: string | number | null, kind: Column['kind'] = 'text') => (value === null ? null : typeof value === 'number' ? { value, type: Number, ...(FORMATS[kind] && { format: FORMATS[kind] }) } : { value, type: String });
  const file = await writeExcelFile([
    { sheet: t('figure.numbers'), data: [table.columns.map((c) => bold(c.label)), ...table.rows.map((r) => r.map((v, i) => cell(v, table.columns[i]?.kind)))], columns: table.columns.map((c, i) => ({ width: i === 0 ? 34 : Math.max(12, Math.min(28, c.label.length + 2)) })), stickyRowsCount: 1 },
    { sheet: t('figure.filters'), data: [[bold(title)], ...about.map(([k, v]) => [{ value: k, type: String }, { value: v, type: String }])], columns: [{ width: 34 }, { width: 60 }] },
  ] as never);
  return (file as unknown as { toBlob(): Promise<Blob> }).toBlob();
}

const SCALE = 2;
const HEAD = 72;
const TAKEN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'opacity'];

/** The drawing as a PNG with its heading, twice as large as on the screen. */
export async function pictureOf(svg: SVGSVGElement, title: string, sub: string): Promise<Blob> {
  const { width, height } = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[...svg.querySelectorAll('*')], [...copy.querySelectorAll('*')]];
  // As attributes and not as a style: the page's policy has no place for styles that are written in.
  from.forEach((el, i) => {
    const look = getComputedStyle(el);
    for (const k of TAKEN) to[i]?.setAttribute(k, look.getPropertyValue(k));
    to[i]?.removeAttribute('style');
  });
  copy.setAttribute('width', String(width * SCALE));
  copy.setAttribute('height', String(height * SCALE));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const image = new Image();
  await new Promise<void>((ok, bad) => { image.onload = () => ok(); image.onerror = () => bad(new Error('the drawing cannot be read')); image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`; });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * SCALE, (height + HEAD) * SCALE];
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#1B1F27';
  pen.font = `700 ${20 * SCALE}px 'Noto Sans', sans-serif`;
  pen.fillText(title, 16 * SCALE, 30 * SCALE, canvas.width - 32 * SCALE);
  pen.font = `${14 * SCALE}px 'Noto Sans', sans-serif`;
  pen.fillText(sub, 16 * SCALE, 54 * SCALE, canvas.width - 32 * SCALE);
  pen.drawImage(image, 0, HEAD * SCALE);
  return new Promise((ok, bad) => canvas.toBlob((b) => (b ? ok(b) : bad(new Error('no picture'))), 'image/png'));
}
