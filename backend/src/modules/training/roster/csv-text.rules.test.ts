import { decodeText, delimiterOf } from './csv-text.rules.ts';

const TEXT = 'TT;Họ và tên;Năm sinh\n1;Nguyễn Thị Hồng;1990\n2;Y Blŏ;1987\n';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
/** Windows-1258 writes the tone behind its vowel. */
const windows1258 = (text: string): Buffer => {
  const special: Record<string, number> = { Â: 0xc2, Ê: 0xca, Ô: 0xd4, â: 0xe2, ê: 0xea, ô: 0xf4, ă: 0xe3, Ă: 0xc3, đ: 0xf0, Đ: 0xd0, ơ: 0xf5, Ơ: 0xd5, ư: 0xfd, Ư: 0xdd, '\u0300': 0xcc, '\u0301': 0xec, '\u0303': 0xde, '\u0309': 0xd2, '\u0323': 0xf2 };
  // Base letters with their hat or horn stay whole; tones come apart.
  const apart = [...text].map((c) => { const d = c.normalize('NFD'); const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(d)?.[0] ?? ''; return d.replace(tone, '').normalize('NFC') + tone; }).join('');
  return Buffer.from([...apart].map((c) => special[c] ?? c.charCodeAt(0)));
};

test.each([['UTF-8', Buffer.from(TEXT)], ['UTF-8 with its mark', Buffer.from(`\uFEFF${TEXT}`)], ['UTF-16 with its mark', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')], ['UTF-16, big end first', utf16be(`\uFEFF${TEXT}`)], ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')]])('%s', (_, bytes) => expect(decodeText(bytes)).toBe(TEXT));
test('Windows-1258', () => expect(decodeText(windows1258('TT;Họ và tên\n1;Nguyễn Thị Hồng, xã Đăk Pék\n'))).toBe('TT;Họ và tên\n1;Nguyễn Thị Hồng, xã Đăk Pék\n'));
test('an old font in a file of bytes stays as it is, for the reader of rows', () => expect(decodeText(Buffer.from('TT;Hä vµ tªn\n1;NguyÔn ThÞ Hång\n', 'latin1'))).toBe('TT;Hä vµ tªn\n1;NguyÔn ThÞ Hång\n'));
test('bytes that are no text', () => expect(decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 1, 2, 3]))).toBeNull());
test.each([[',', 'a,b,c\n1,2,3'], [';', 'a;b;c\n1,5;2;3'], ['\t', 'a\tb\tc\n1\t2\t3'], [';', 'a;b;c\n"1;2,3,4,5";2;3']])('cells are parted by %j', (sign, text) => expect(delimiterOf(text)).toBe(sign));
test('a letter is no table', () => expect(delimiterOf('Kính gửi các anh chị,\nlớp học hoãn.')).toBeNull());
