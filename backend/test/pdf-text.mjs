// The text of each page of a PDF, as JSON: read by code that is not ours, in a process of its own (jest's module system takes no ESM).
import { readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const pdf = await getDocument({ data: new Uint8Array(readFileSync(process.argv[2])), verbosity: 0, useSystemFonts: false }).promise;
const pages = [];
for (let n = 1; n <= pdf.numPages; n++) pages.push((await (await pdf.getPage(n)).getTextContent()).items.map((i) => i.str + (i.hasEOL ? '\n' : '')).join(''));
console.log(JSON.stringify({ pages, info: (await pdf.getMetadata()).info, tagged: (await pdf.getMarkInfo())?.Marked ?? false }));
