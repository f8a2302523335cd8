import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, inflateSync } from 'node:zlib';
import { bakePng, bakeSvg } from './badge.ts';

const FOLDER = path.resolve(__dirname, '../../../../../content/badges');
const CREDENTIAL = JSON.stringify({ name: 'Y Blŏ', note: ']]>' });

test('a PNG with the credential in an iTXt chunk of the right name, and every chunk sound', () => {
  const png = Buffer.from(bakePng(readFileSync(path.join(FOLDER, 'badge.png')), CREDENTIAL));
  const found = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    const [type, data] = [png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)];
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    found.push(type);
    if (type === 'iTXt') expect([data.toString('latin1', 0, 20), inflateSync(data.subarray(data.indexOf(0) + 5)).toString('utf8')]).toEqual(['openbadgecredential\0', CREDENTIAL]);
  }
  expect([found[0], found.filter((f) => f === 'iTXt').length, found.at(-1)]).toEqual(['IHDR', 1, 'IEND']);
});

test('an SVG with the credential, whatever stands in it', () => {
  const svg = bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', CREDENTIAL);
  expect(svg).toContain('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"');
  expect(svg.replaceAll(']]]]><![CDATA[>', ']]>')).toContain(CREDENTIAL);
});
