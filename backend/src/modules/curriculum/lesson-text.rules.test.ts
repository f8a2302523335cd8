import { lessonFindings, parseCards, statesLaw, writeLesson } from './lesson-text.rules.ts';

const LESSON = `## Giới là gì?
![Hai người cùng làm rẫy](hai-nguoi.svg)
Giới là **vai trò** của nam và nữ.
? vai trò: việc mà người ta mong ở mình
§ Luật Bình đẳng giới, Điều 5 khoản 1 | 2026-11-23

## Ghi nhớ
- Một
- Hai`;
const lesson = (text: string) => ({ title: 'Bài', aim: 'Nói lại được.', check: 'cau', note: 'Hỏi trước.', cards: parseCards(text).cards });
const codes = (text: string, blocks = true) => lessonFindings(lesson(text)).filter((f) => f.blocks === blocks).map((f) => f.code);
/** A card that is sound, so that a test states only what is wrong. */
const SOUND = '## Hình\n![Hai người](a.svg)\nMột câu.\n? từ: nghĩa\n';

test('a card has its title, text, picture, hard words and sources', () => {
  expect(parseCards(LESSON)).toEqual({
    cards: [
      { slug: 'gioi-la-gi', title: 'Giới là gì?', text: 'Giới là **vai trò** của nam và nữ.', picture: { alt: 'Hai người cùng làm rẫy', file: 'hai-nguoi.svg' },
        terms: [{ term: 'vai trò', meaning: 'việc mà người ta mong ở mình' }], sources: [{ text: 'Luật Bình đẳng giới, Điều 5 khoản 1', checkedOn: '2026-11-23' }] },
      { slug: 'ghi-nho', title: 'Ghi nhớ', text: '- Một\n- Hai', picture: null, terms: [], sources: [] },
    ], lines: [1, 7], faults: [],
  });
});

test('a lesson that is written and read again is the same', () => {
  const { cards } = parseCards(LESSON);
  const text = writeLesson({ slug: 'x', title: 'x', aim: 'x', minutes: 4, note: null, sensitive: false, check: null, cards }, 'title: x\n');
  expect(parseCards(text.split('---\n')[2] as string).cards).toEqual(cards);
});

test('a good lesson has nothing wrong', () => expect(codes(LESSON)).toEqual([]));
test.each([
  ['a card of 61 words', `${SOUND}## A\n${'một hai ba. '.repeat(20)}bốn`, 'words'], ['long sentences', `${SOUND}## A\n${'chữ '.repeat(58)}.`, 'sentences'],
  ['eight cards', SOUND + Array.from({ length: 7 }, (_, i) => `## Thẻ ${i}\nMột câu.`).join('\n'), 'cards'], ['a card without text', `${SOUND}## A\n? từ: nghĩa`, 'empty'],
  ['law without a source', `${SOUND}## A\nLuật nói như vậy.`, 'source'], ['two cards of one name', `${SOUND}## Hình\nMột câu.`, 'twice'], ['a picture without words', SOUND.replace('Hai người', ' '), 'alt'], ['no picture', '## A\nMột câu.\n? từ: nghĩa', 'picture'],
])('%s is refused', (_, text, code) => expect(codes(text)).toEqual([code]));
test('no hard word is only a warning', () => expect([codes('## A\n![B](a.svg)\nMột câu.'), codes('## A\n![B](a.svg)\nMột câu.', false)]).toEqual([[], ['terms']]));

test.each([
  ['HTML', '## A\nXin <b>chào</b>', 'text.html'], ['a script', '## A\n<script>alert(1)</script>', 'text.html'], ['a link', '## A\nXem [đây](http://x)', 'text.markup'], ['a source without a day', '## A\n§ Luật', 'line.form'],
  ['a day that does not exist', '## A\n§ Luật | 2026-13-45', 'line.form'], ['text before the first card', 'Lời dẫn\n## A\nMột câu.', 'card.before-first'], ['a second picture', '## A\n![B](a.svg)\n![C](b.svg)', 'picture.second'],
])('%s is named with its line', (_, text, code) => {
  const { faults } = parseCards(text);
  expect(faults[0]?.code).toBe(code);
  expect(faults[0]?.line).toBe(text.split('\n').findIndex((l) => !l.startsWith('## ') && !l.startsWith('![B]')) + 1);
});

test.each([
  ['Luật Bình đẳng giới nói vậy', true], ['theo Điều 5', true], ['gọi 111 ngay', true], ['có 90,4 % người', true], ['từ đủ 18 tuổi', true], ['đúng luật của trò chơi', false], ['ngày 15/11', false], ['có 1110 người', false],
])('"%s" states law or a number: %s', (text, is) => expect(statesLaw(text)).toBe(is));
