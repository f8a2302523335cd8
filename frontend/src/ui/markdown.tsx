import type { ReactNode } from 'react';

/** `**bold**` inside a line. */
const inline = (text: string): ReactNode[] => text.split(/\*\*(.+?)\*\*/g).map((part, i) => (i % 2 ? <strong key={i}>{part}</strong> : part));

/** The small Markdown of a lesson card: paragraphs, `- ` lists, `**bold**`. No markup of any other kind can come in. */
export function Prose({ text }: { text: string }) {
  const blocks = text.split(/\n\n+|\n(?=- )|(?<=^- .*)\n(?!- )/m).reduce<string[][]>((groups, block) => {
    const last = groups.at(-1);
    if (block.startsWith('- ') && last?.[0]?.startsWith('- ')) last.push(block);
    else groups.push([block]);
    return groups;
  }, []);
  return <div className="prose">{blocks.map((group, i) => (group[0]?.startsWith('- ') ? <ul key={i}>{group.map((line) => <li key={line}>{inline(line.slice(2))}</li>)}</ul> : <p key={i}>{inline(group[0] ?? '')}</p>))}</div>;
}
