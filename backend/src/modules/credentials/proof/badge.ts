import { crc32, deflateSync } from 'node:zlib';

/** Puts a credential into a PNG (Open Badges 3.0, 5.3.1): an iTXt chunk with the keyword `openbadgecredential`, before the first chunk of pixels. */
export function bakePng(png: Uint8Array, credential: string): Uint8Array {
  const file = Buffer.from(png);
  const text = Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), deflateSync(Buffer.from(credential, 'utf8'))]);
  const body = Buffer.concat([Buffer.from('iTXt', 'latin1'), text]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(text.length);
  check.writeUInt32BE(crc32(body));
  const pixels = file.indexOf('IDAT', 8, 'latin1') - 4;
  return Buffer.concat([file.subarray(0, pixels), length, body, check, file.subarray(pixels)]);
}

/** Puts a credential into an SVG (Open Badges 3.0, 5.3.2). */
export function bakeSvg(svg: string, credential: string): string {
  const safe = credential.replaceAll(']]>', ']]]]><![CDATA[>');
  return svg.replace(/<svg([^>]*)>/, (_all, attributes: string) => `<svg${attributes} xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential><![CDATA[${safe}]]></openbadges:credential>`);
}
