import { imageSize } from 'image-size';

const TYPES = { png: 'image/png', jpg: 'image/jpeg' } as const;
type PictureType = (typeof TYPES)[keyof typeof TYPES];

/** The type of a picture by its bytes; `null` for anything but PNG and JPEG. */
export function pictureOf(bytes: Uint8Array): PictureType | null {
  try {
    return TYPES[imageSize(bytes).type as keyof typeof TYPES] ?? null;
  } catch {
    return null;
  }
}

/** The picture inside an SVG, as which it travels to the printer in the data of a page; an empty one where the file is gone. */
export function stampSvg(bytes: Uint8Array | null, type: PictureType): string {
  if (!bytes) return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>';
  const { width, height } = imageSize(bytes);
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" xlink:href="data:${type};base64,${Buffer.from(bytes).toString('base64')}"/></svg>`;
}
