import { unzipSync, zipSync } from 'fflate';
import { problem } from '#platform/http';

const MAX_UNPACKED = 40_000_000;
const MAX_FILES = 1000;
const NAME = /^(course\.yaml|forms\.yaml|(lessons|questions|kit|media)\/[\w.-]{1,120})$/;
/** 1 January 2000: the same course always gives the same bytes. */
const MTIME = new Date(2000, 0, 1);

/** Files as a zip. */
export const packed = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => zipSync(Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => [name, [bytes, { mtime: MTIME }]])));

/**
 * The files of a course's zip, whatever folder they stand in. What promises too much is refused before it is unpacked; names that are none
 * of a course are left out, so that no name leads anywhere else.
 */
export function unpacked(bytes: Buffer): Map<string, Buffer> {
  let total = 0;
  let count = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (++count > MAX_FILES || total > MAX_UNPACKED) throw problem('curriculum.archive-refused', { reason: 'large', n: 0, first: '' });
        return NAME.test(inner(name));
      },
    });
  } catch (e) {
    throw (e as { code?: unknown }).code === 'curriculum.archive-refused' ? e : problem('curriculum.archive-refused', { reason: 'zip', n: 0, first: '' });
  }
  const read = new Map(Object.entries(files).map(([name, content]) => [inner(name), Buffer.from(content)]));
  if (!read.has('course.yaml')) throw problem('curriculum.archive-refused', { reason: 'course', n: 0, first: '' });
  return read;
}

/** A name without the folder that some zip programs put around everything. */
const inner = (name: string): string => name.replace(/\\/g, '/').replace(/^(?:[^/]+\/)?(?=(course\.yaml|forms\.yaml|lessons\/|questions\/|kit\/|media\/))/, '');
