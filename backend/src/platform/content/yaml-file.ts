import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './fault.ts';

type Path = readonly PropertyKey[];
export interface YamlFile<T> {
  /** `null` when the file is broken or does not have the form that is asked for. */
  value: T | null;
  faults: Fault[];
  /** The line on which a part of the file stands, e.g. `lineOf([3, 'options'])`; that of the nearest parent when it is missing. */
  lineOf(path: Path): number;
}

/** Aliases are how a small YAML file becomes a huge one; ours have no use for them. */
const NO_ALIASES = 0;

/** Reads YAML and checks its form, naming the line of everything that is wrong. */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, firstLine = 1): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  const lineOf = (path: Path): number => {
    for (let n = path.length; n > 0; n--) {
      const node = document.getIn(path.slice(0, n), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return firstLine;
  };
  if (document.errors.length) return { value: null, lineOf, faults: document.errors.slice(0, 3).map((e) => ({ file, line: at(e.pos[0]), code: 'yaml.broken', message: `is not YAML: ${e.message.split('\n')[0]}.` })) };
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: NO_ALIASES });
  } catch {
    return { value: null, lineOf, faults: [{ file, line: firstLine, code: 'yaml.alias', message: 'uses aliases (& and *); write the text out instead.' }] };
  }
  const read = schema.safeParse(raw);
  if (read.success) return { value: read.data, faults: [], lineOf };
  return { value: null, lineOf, faults: read.error.issues.slice(0, 10).map((i) => ({ file, line: lineOf(i.path), code: 'yaml.form', message: `${i.path.length ? `${i.path.join('.')}: ` : ''}${i.message}.` })) };
}
