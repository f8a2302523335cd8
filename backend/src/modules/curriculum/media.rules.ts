/** What a file is, read from its first bytes. A name or a header says nothing. */
export type MediaType = 'image/svg+xml' | 'image/png' | 'image/jpeg' | 'image/webp' | 'audio/mp4' | 'audio/webm' | 'audio/ogg' | 'audio/mpeg' | 'audio/wav';

export const extensions: Record<MediaType, string> = { 'image/svg+xml': 'svg', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'audio/mp4': 'm4a', 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mpeg': 'mp3', 'audio/wav': 'wav' };
export const LIMIT_BYTES = { picture: 500_000, audio: 5_000_000 };

interface Bytes { readonly length: number; subarray(from: number, to?: number): { toString(encoding: 'latin1' | 'utf8'): string } }
const text = (b: Bytes, from: number, to: number): string => b.subarray(from, to).toString('latin1');

/** The type of the bytes, or `null` when they are none that we keep. */
export function mediaType(bytes: Bytes): MediaType | null {
  if (text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(bytes, 0, 4) === 'RIFF') return text(bytes, 8, 12) === 'WEBP' ? 'image/webp' : text(bytes, 8, 12) === 'WAVE' ? 'audio/wav' : null;
  if (text(bytes, 4, 8) === 'ftyp') return 'audio/mp4';
  if (text(bytes, 0, 4) === '\x1a\x45\xdf\xa3') return 'audio/webm';
  if (text(bytes, 0, 4) === 'OggS') return 'audio/ogg';
  if (text(bytes, 0, 3) === 'ID3' || /^\xff[\xfb\xf3\xf2]/.test(text(bytes, 0, 2))) return 'audio/mpeg';
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(bytes.subarray(0, 2000).toString('utf8')) ? 'image/svg+xml' : null;
}

/** What makes a drawing dangerous or dependent on others: scripts, handlers, foreign content, entities, references to other hosts. */
const UNSAFE_SVG = /<(script|foreignObject|iframe|use\s[^>]*href\s*=\s*["'](?!#)|image|a\s)|<!(DOCTYPE|ENTITY)|\son\w+\s*=|(href|src)\s*=\s*["']\s*(?!#)|url\(\s*["']?(?!#)|javascript:|@import/i;

/** Why a picture of a course cannot be kept, in a sentence; `null` when it can. `name` counts only where it contradicts the bytes. */
export function pictureFault(name: string, bytes: Bytes): string | null {
  const type = mediaType(bytes);
  if (!type?.startsWith('image/')) return 'is not a picture (SVG, PNG, JPEG or WebP).';
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  if (ending && ending !== extensions[type] && !(ending === 'jpeg' && type === 'image/jpeg')) return `is named .${ending} but its bytes are ${extensions[type].toUpperCase()}; name it .${extensions[type]}.`;
  if (bytes.length > LIMIT_BYTES.picture) return `weighs ${Math.ceil(bytes.length / 1000)} KB (at most ${LIMIT_BYTES.picture / 1000}); make it 720 pixels wide.`;
  if (type === 'image/svg+xml' && UNSAFE_SVG.test(bytes.subarray(0).toString('utf8'))) return 'is a drawing with scripts, links or outside content; save it as a plain SVG.';
  return null;
}
