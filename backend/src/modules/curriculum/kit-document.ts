import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx';
import type { KitPage } from '@lantoa/shared/curriculum';
import { type Block, blocksOf, type Run } from './kit-text.rules.ts';

/** A4 in twentieths of a point, with the margins of office documents (Decree 30/2020: 20/20/30/15 mm). */
const MM = 56.7;
const PAGE = { size: { width: 210 * MM, height: 297 * MM }, margin: { top: 20 * MM, bottom: 20 * MM, left: 30 * MM, right: 15 * MM } };

const runs = (list: readonly Run[], before = ''): TextRun[] => [...(before ? [new TextRun(before)] : []), ...list.map((r) => new TextRun({ text: r.text, bold: r.bold }))];

function written(block: Block): (Paragraph | Table)[] {
  if (block.kind === 'p') return [new Paragraph({ children: runs(block.runs), spacing: { after: 120 } })];
  if (block.kind === 'table') {
    const rows = block.rows.map((cells) => new TableRow({ children: cells.map((c) => new TableCell({ children: [new Paragraph({ children: runs(c) })], margins: { top: 60, bottom: 60, left: 100, right: 100 } })) }));
    return [new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } }), new Paragraph('')];
  }
  if (block.kind === 'check') return block.items.map((i) => new Paragraph({ children: runs(i, '☐ '), spacing: { after: 60 } }));
  return block.items.map((i, n) => (block.kind === 'ul' ? new Paragraph({ children: runs(i), bullet: { level: 0 } }) : new Paragraph({ children: runs(i, `${n + 1}. `), spacing: { after: 60 } })));
}

/** Pages as a Word document in Times New Roman 14, each on a new page. */
export async function editableDocument(title: string, pages: readonly KitPage[]): Promise<Uint8Array> {
  const children = pages.flatMap((p, i) => [new Paragraph({ text: p.title, heading: HeadingLevel.HEADING_1, pageBreakBefore: i > 0, spacing: { after: 200 } }), ...blocksOf(p.text).flatMap(written)]);
  const font = { name: 'Times New Roman' };
  const document = new Document({
    title, creator: 'Lan Toả', styles: { default: { document: { run: { font: font.name, size: 28 } }, heading1: { run: { font: font.name, size: 32, bold: true } } } },
    sections: [{ properties: { page: PAGE }, children }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
