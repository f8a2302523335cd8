import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** The child that `Printer` talks to. Arguments: the folder of templates and the folder of fonts. */
const [templates = '', fonts = ''] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
const sources = new Map<string, string>();

function source(template: string): string {
  const known = sources.get(template) ?? readFileSync(path.join(templates, `${template}.typ`), 'utf8');
  sources.set(template, known);
  return known;
}

process.on('message', ({ id, template, data }: { id: number; template: string; data: string }) => {
  try {
    const pdf = compiler.pdf({ mainFileContent: source(template), inputs: { data } }, { pdfStandard: 'ua-1' as never });
    process.send?.({ id, pdf: new Uint8Array(pdf) });
  } catch (e) {
    process.send?.({ id, error: e instanceof Error ? e.message : String(e) });
  }
  compiler.evictCache(10);
});
process.on('disconnect', () => process.exit(0));
