import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The files of a folder by their path in it (`lessons/01-a.md`), whether it lies on a disk or came in a zip. */
export type Folder = ReadonlyMap<string, Buffer>;

/** Reads a whole folder; hidden files are left out. */
export async function readFolder(at: string): Promise<Folder> {
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  const files = entries.filter((e) => e.isFile() && !e.name.startsWith('.')).map((e) => path.join(e.parentPath, e.name)).sort();
  return new Map(await Promise.all(files.map(async (f) => [path.relative(at, f).split(path.sep).join('/'), await readFile(f)] as const)));
}

/** The text of a file of the folder; `null` when there is none. */
export const textOf = (folder: Folder, file: string): string | null => folder.get(file)?.toString('utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n') ?? null;

/** Names of the files below a folder with an ending, in order. */
export const filesIn = (folder: Folder, below: string, ending: string): string[] => [...folder.keys()].filter((f) => f.startsWith(`${below}/`) && f.endsWith(ending)).sort();

/** One hash over all files of some folders: names and bytes. */
export async function fingerprintOf(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const at of folders) for (const [file, bytes] of await readFolder(at)) hash.update(`${at}/${file} ${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}
