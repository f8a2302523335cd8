// Certificates as single PDFs, by the printer alone.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, rate, round } from './stage.mjs';

/** Typst without our printer around it. Returns documents per second. */
async function bareTypst(papers) {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
  const fonts = path.join(ROOT, 'content/fonts');
  const workspace = path.join(ROOT, 'content/templates');
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
  const mainFileContent = readFileSync(path.join(workspace, 'certificate.typ'), 'utf8');
  const make = (p) => compiler.pdf({ mainFileContent, inputs: { data: JSON.stringify({ title: 'x', issuer: 'x', papers: [p] }) } }, { pdfStandard: 'ua-1' });
  make(papers[0]);
  const startedAt = performance.now();
  for (const p of papers) make(p);
  return (papers.length * 1000) / (performance.now() - startedAt);
}

/** Against the Typst compiler alone. */
export async function papers({ stage, say }) {
  const { Printer } = await import(path.join(ROOT, 'backend/dist/platform/print/index.js'));
  const { toString: qrToString } = await import('qrcode');
  const qrSvg = await qrToString('https://example.vn/v/abcdefghijklmnopqrstuv', { type: 'svg' });
  const paper = (i) => ({ parentName: 'HỘI LHPN VIỆT NAM', issuerName: 'HỘI LHPN TỈNH KON TUM', issuerTitle: 'Hội LHPN tỉnh', holderName: `Siu H'Ƀlơ̆ Ayun ${i}`, unitName: 'Xã Đắk Pék', courseTitle: 'Tập huấn', hours: '16', classLine: '', serialNo: `LT ${i}`, registerNo: `${i}/2026/X`, validUntil: '01/01/2028', checkAddress: 'example.vn', placeAndDate: 'Kon Tum', signerTitle: 'CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu', qrSvg });
  const printer = stage.app.get(Printer);
  await printer.pdf('certificate', { title: 'x', issuer: 'x', papers: [paper(0)] });
  const many = Array.from({ length: 300 }, (_, i) => i + 1);
  const perSecond = await rate(many, 2, (i) => printer.pdf('certificate', { title: 'x', issuer: 'x', papers: [paper(i)] }));
  const startedAt = performance.now();
  await printer.pdf('certificate', { title: 'x', issuer: 'x', papers: many.map(paper) });
  const together = (many.length * 1000) / (performance.now() - startedAt);
  const ceiling = await bareTypst(many.map(paper));
  say({ name: 'certificates by the printer', unit: 'single PDFs per second', ours: round(perSecond), ceiling: round(ceiling), ceilingIs: 'the Typst compiler alone in this process, same template and data, no child process', ratio: round(perSecond / ceiling, 2), asOneDocument: round(together), n: many.length });
}

