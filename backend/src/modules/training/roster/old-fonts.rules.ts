/**
 * Text typed for the fonts of before Unicode (TCVN3 `.VnTime`, VNI) shows as Latin letters: `NguyÔn ThÞ Hång`, `Nguyeãn Thò Hoàng`. It is told from
 * Unicode by what it becomes: the reading with the most words that are Vietnamese syllables wins, and what is right as it stands stays.
 */
export type OldFont = 'tcvn3' | 'vni';

/** Code → letter, as TCVN 5712:1993 VN3 assigns them. */
const TCVN3 = new Map(Object.entries({
  'µ': 'à', '¸': 'á', '¶': 'ả', '·': 'ã', '¹': 'ạ', '¨': 'ă', '»': 'ằ', '¾': 'ắ', '¼': 'ẳ', '½': 'ẵ', 'Æ': 'ặ', '©': 'â', 'Ç': 'ầ', 'Ê': 'ấ', 'È': 'ẩ', 'É': 'ẫ', 'Ë': 'ậ', '®': 'đ',
  'Ì': 'è', 'Ð': 'é', 'Î': 'ẻ', 'Ï': 'ẽ', 'Ñ': 'ẹ', 'ª': 'ê', 'Ò': 'ề', 'Õ': 'ế', 'Ó': 'ể', 'Ô': 'ễ', 'Ö': 'ệ', '×': 'ì', 'Ý': 'í', 'Ø': 'ỉ', 'Ü': 'ĩ', 'Þ': 'ị',
  'ß': 'ò', 'ã': 'ó', 'á': 'ỏ', 'â': 'õ', 'ä': 'ọ', '«': 'ô', 'å': 'ồ', 'è': 'ố', 'æ': 'ổ', 'ç': 'ỗ', 'é': 'ộ', '¬': 'ơ', 'ê': 'ờ', 'í': 'ớ', 'ë': 'ở', 'ì': 'ỡ', 'î': 'ợ',
  'ï': 'ù', 'ó': 'ú', 'ñ': 'ủ', 'ò': 'ũ', 'ô': 'ụ', '\u00ad': 'ư', 'õ': 'ừ', 'ø': 'ứ', 'ö': 'ử', '÷': 'ữ', 'ù': 'ự', 'ú': 'ỳ', 'ý': 'ý', 'û': 'ỷ', 'ü': 'ỹ', 'þ': 'ỵ',
  '¡': 'Ă', '¢': 'Â', '£': 'Ê', '¤': 'Ô', '¥': 'Ơ', '¦': 'Ư', '§': 'Đ',
}));

const TONES: Record<string, string> = { 'ø': '\u0300', 'ù': '\u0301', 'û': '\u0309', 'õ': '\u0303', 'ï': '\u0323' };
const HAT: Record<string, string> = { 'â': '', 'à': '\u0300', 'á': '\u0301', 'å': '\u0309', 'ã': '\u0303', 'ä': '\u0323' };
const BREVE: Record<string, string> = { 'ê': '', 'è': '\u0300', 'é': '\u0301', 'ú': '\u0309', 'ü': '\u0303', 'ë': '\u0323' };

/** Pairs of a vowel and the code behind it, and letters with a code of their own, as VNI assigns them. */
const VNI = vniTable();
function vniTable(): Map<string, string> {
  const table = new Map<string, string>();
  const add = (code: string, letter: string) => {
    table.set(code, letter.normalize('NFC'));
    table.set(code.toUpperCase(), letter.normalize('NFC').toUpperCase());
  };
  for (const [v, base] of [['a', 'a'], ['e', 'e'], ['o', 'o'], ['u', 'u'], ['y', 'y'], ['ô', 'ơ'], ['ö', 'ư']] as const) for (const [mark, tone] of Object.entries(TONES)) add(v + mark, base + tone);
  for (const v of ['a', 'e', 'o']) for (const [mark, tone] of Object.entries(HAT)) add(v + mark, `${v}\u0302${tone}`);
  for (const [mark, tone] of Object.entries(BREVE)) add(`a${mark}`, `a\u0306${tone}`);
  for (const [code, letter] of [['ñ', 'đ'], ['æ', 'ỉ'], ['ó', 'ĩ'], ['ò', 'ị'], ['î', 'ỵ'], ['ô', 'ơ'], ['ö', 'ư']] as const) add(code, letter);
  return table;
}

/** A text of one of the old fonts as Unicode. A word typed in capitals stays in capitals. */
export const fromOldFont = (text: string, font: OldFont): string => (font === 'tcvn3' ? fromTcvn3(text) : text.replace(/[aeouyôö][øùûõïâàáåãäêèéúüë]|[ñæóòîôö]/gi, (code) => VNI.get(code) ?? code));

const fromTcvn3 = (text: string): string =>
  text.split(/(\s+)/).map((word) => {
    const letters = word.replace(/[^A-Za-z]/g, '');
    // `.VnTimeH` draws small codes as capitals; what tells is the plain letters around them.
    const shouts = letters.length > 1 && letters === letters.toUpperCase();
    return [...word].map((c) => { const to = TCVN3.get(c); return to === undefined ? c : shouts ? to.toUpperCase() : to; }).join('');
  }).join('');

const ONSET = '(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?';
const NUCLEUS = '(?:i|y|u|ư|e|ê|o|ô|ơ|a|ă|â|iê|yê|ya|ia|ua|uô|ưa|ươ|oa|oă|oe|uâ|uê|uy|uơ|uyê|uya|oai|oay|oao|oeo|ai|ay|ao|au|âu|ây|eo|êu|iu|iêu|yêu|oi|ôi|ơi|ui|ưi|ưu|uôi|ươi|ươu|uây|uyu|oo)';
const SYLLABLE = new RegExp(`^${ONSET}${NUCLEUS}(?:ng|nh|ch|[cmnpt])?$`);
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Is the word a possible Vietnamese syllable: onset, vowels, coda, at most one tone, and capitals only in front or everywhere? */
export function isSyllable(word: string): boolean {
  const parts = word.normalize('NFD');
  if ((parts.match(TONE_MARKS) ?? []).length > 1) return false;
  if (!/^\p{Lu}?\P{Lu}*$/u.test(word) && word !== word.toUpperCase()) return false;
  return SYLLABLE.test(parts.replace(TONE_MARKS, '').normalize('NFC').toLowerCase());
}

/** How well a text reads as Vietnamese: +1 for each syllable with a mark, −2 for each word with a strange letter. Plain words say nothing. */
export function vietnameseness(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything beyond ASCII
  const words = text.normalize('NFC').split(/[\s.,;:()/"'’ʼ–-]+/).filter((w) => /[^\x00-\x7f]/.test(w));
  return words.reduce((sum, w) => sum + (isSyllable(w) ? 1 : -2), 0);
}

const FONTS: readonly OldFont[] = ['tcvn3', 'vni'];
type Reading = OldFont | 'unicode';

function bestOf(texts: readonly string[]): { reading: Reading; sure: boolean } {
  const score = (font: Reading) => texts.reduce((sum, t) => sum + vietnameseness(font === 'unicode' ? t : fromOldFont(t, font)), 0);
  const plain = score('unicode');
  const [first, second] = FONTS.map((font) => ({ font, score: score(font) })).sort((a, b) => b.score - a.score) as [{ font: OldFont; score: number }, { font: OldFont; score: number }];
  if (first.score > plain) return { reading: first.font, sure: first.score > second.score };
  return { reading: 'unicode', sure: plain > first.score };
}

/** Letters that the old fonts cannot show: whoever has them is Unicode already. */
const BEYOND = /[\u0100-\u036f\u1e00-\u1eff]/;

/**
 * The texts of one row as Unicode. A cell that is clearly of a font is read so; one that would be Vietnamese either way (`Hoá`) follows its row, and a
 * row that cannot say follows the sheet.
 */
export function rowToUnicode(cells: readonly string[], sheet: Reading): { cells: string[]; font: OldFont | null } {
  const unicode = cells.some((c) => BEYOND.test(c));
  const row = bestOf(cells.filter((c) => !BEYOND.test(c)));
  const fallback = unicode ? 'unicode' : row.sure ? row.reading : sheet;
  let font: OldFont | null = null;
  const read = cells.map((cell) => {
    if (BEYOND.test(cell)) return cell;
    const own = bestOf([cell]);
    const reading = own.sure ? own.reading : own.reading === 'unicode' ? fallback : (row.reading === 'unicode' ? own.reading : row.reading);
    const text = reading === 'unicode' ? cell : fromOldFont(cell, reading);
    if (text === cell || reading === 'unicode' || vietnameseness(text) < vietnameseness(cell)) return cell;
    font = reading;
    return text;
  });
  return { cells: read, font };
}

/** What most of a sheet is typed in. */
export const readingOf = (texts: readonly string[]): Reading => bestOf(texts).reading;
