import { lessonFaults, parseCards } from './lesson-text.rules.ts';

const LESSON = `Lead text is not a card.
## Giới là gì?
![Hai người cùng làm rẫy](hai-nguoi.svg)
Giới là **vai trò** của nam và nữ.
? vai trò: việc mà người ta mong ở mình
§ Luật Bình đẳng giới, Điều 5 khoản 1 | 2026-11-23

## Ghi nhớ
- Một
- Hai`;

test('a card has its title, text, picture, hard words and sources', () => {
  expect(parseCards(LESSON)).toEqual([
    { slug: 'gioi-la-gi', title: 'Giới là gì?', text: 'Giới là **vai trò** của nam và nữ.', picture: { alt: 'Hai người cùng làm rẫy', file: 'hai-nguoi.svg' },
      terms: [{ term: 'vai trò', meaning: 'việc mà người ta mong ở mình' }], sources: [{ text: 'Luật Bình đẳng giới, Điều 5 khoản 1', checkedOn: '2026-11-23' }] },
    { slug: 'ghi-nho', title: 'Ghi nhớ', text: '- Một\n- Hai', picture: null, terms: [], sources: [] },
  ]);
});

test('a good lesson has no faults', () => expect(lessonFaults(parseCards(LESSON))).toEqual([]));
test('a card of 61 words is too long', () => expect(lessonFaults(parseCards(`## A\n${'một hai ba. '.repeat(20)}bốn`))).toEqual(['card "A" has 61 words (at most 60)']));
test('long sentences are said', () => expect(lessonFaults(parseCards(`## A\n${'chữ '.repeat(30)}.`))[0]).toMatch(/30\.0 words on average/));
test('eight cards are too many', () => expect(lessonFaults(parseCards(Array.from({ length: 8 }, (_, i) => `## Thẻ ${i}\nMột câu.`).join('\n')))[0]).toBe('has 8 cards (1 to 7)'));
