import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** The child that `Printer` talks to. Arguments: the folder of templates, the folder of fonts, and the PDF standard. */
const [templates = '', fonts = '', standard = 'ua-1'] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
const sources = new Map<string, string>();

function source(template: string): string {
  const known = sources.get(template) ?? readFileSync(path.join(templates, `${template}.typ`), 'utf8');
  sources.set(template, known);
  return known;
}

process.on('message', ({ id, format, template, data }: { id: number; format: 'pdf' | 'svg'; template: string; data: string }) => {
  try {
    const of = { mainFileContent: source(template), inputs: { data } };
    process.send?.({ id, made: format === 'svg' ? compiler.plainSvg(of) : new Uint8Array(compiler.pdf(of, { pdfStandard: standard as never })) });
  } catch (e) {
    process.send?.({ id, error: e instanceof Error ? e.message : String(e) });
  }
  compiler.evictCache(10);
});
process.on('disconnect', () => process.exit(0));
