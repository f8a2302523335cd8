interface SourceOption { text: string; right?: boolean; reason: string }
interface SourceQuestion { slug: string; stem: string; options: readonly SourceOption[]; difficulty: number }

const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const CATCH_ALL = /tất cả (các )?(ý|phương án|đáp án)|cả (a|b|hai|ba|bốn)\b.*(đúng|trên)|không (ý|phương án) nào/i;

/** What is wrong with one question, in words: screens.md S20 (stem ≤ 25 words, 2–4 options of ≤ 12 words, one right, a reason for each, no "all of the above"). */
export function questionFaults(q: SourceQuestion): string[] {
  const faults: string[] = [];
  if (wordCount(q.stem) > 25) faults.push(`has a stem of ${wordCount(q.stem)} words (at most 25)`);
  if (q.options.length < 2 || q.options.length > 4) faults.push(`has ${q.options.length} options (2 to 4)`);
  if (q.options.filter((o) => o.right).length !== 1) faults.push('must have exactly one right option');
  if (!(q.difficulty >= 0 && q.difficulty <= 1)) faults.push('needs a difficulty from 0 to 1');
  for (const o of q.options) {
    if (wordCount(o.text) > 12) faults.push(`has an option of ${wordCount(o.text)} words (at most 12)`);
    if (!o.reason?.trim()) faults.push(`gives no reason for "${o.text}"`);
    if (CATCH_ALL.test(o.text)) faults.push(`uses a catch-all option "${o.text}"`);
  }
  if (new Set(q.options.map((o) => o.text)).size < q.options.length) faults.push('has the same option twice');
  return faults;
}

/** What is wrong with the forms of a course. */
export function formFaults(forms: readonly { slug: string; questions: readonly string[] }[], questions: readonly { slug: string }[]): string[] {
  const known = new Set(questions.map((q) => q.slug));
  const doubled = questions.filter((q, i) => questions.findIndex((p) => p.slug === q.slug) !== i).map((q) => `question ${q.slug} stands twice`);
  return [...doubled, ...forms.flatMap((f) => [
    ...f.questions.filter((s) => !known.has(s)).map((s) => `form ${f.slug} names the unknown question ${s}`),
    ...(new Set(f.questions).size < f.questions.length ? [`form ${f.slug} asks a question twice`] : []),
  ])];
}

/** In how many questions the right option is the (only) longest. More often than chance, people learn to pick the long one. */
export function longestIsRight(questions: readonly SourceQuestion[]): { observed: number; byChance: number } {
  const longest = questions.filter((q) => {
    const right = q.options.find((o) => o.right)?.text.length ?? 0;
    return q.options.every((o) => o.right || o.text.length < right);
  });
  return { observed: longest.length, byChance: questions.reduce((sum, q) => sum + 1 / q.options.length, 0) };
}
