import { shuffled } from '@lantoa/shared/rules/shuffle';

test('the same seed gives the same order and keeps every item', () => {
  expect(shuffled(['a', 'b', 'c', 'd'], 'x')).toEqual(shuffled(['a', 'b', 'c', 'd'], 'x'));
  expect([...shuffled(['a', 'b', 'c', 'd'], 'x')].sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('over many attempts the right option stands in each place about equally often', () => {
  const places = [...Array(4000).keys()].map((i) => shuffled(['right', 'b', 'c', 'd'], `attempt ${i}`).indexOf('right'));
  for (const place of [0, 1, 2, 3]) expect(places.filter((p) => p === place).length).toBeGreaterThan(850);
});
