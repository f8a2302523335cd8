import { UNKNOWN } from '@lantoa/shared/rules/marking';
import { enterPaper, getPaperGrid } from '@lantoa/shared/rooms';
import { getClass } from '@lantoa/shared/training';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { perform, useWaiting } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';
import { Copy, Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';

type Grid = OutputOf<typeof getPaperGrid>;
type Typed = Record<string, Record<string, string>>;

/** Sheets of paper as a grid: one row a person, one cell a question. A letter fills the cell and goes on to the next. */
export default function PaperPage({ classId, kind }: { classId: string; kind: 'pre' | 'post' }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  const at = `/quan-ly/lop/${classId}/thi/${kind}`;
  return <><Head title={t('paper.title')} back={at} sub={t('paper.how')} /><Loaded query={cls}>{(c) => (c.rooms[kind] ? <Entry roomId={c.rooms[kind]} classId={classId} kind={kind} /> : <Empty>{t('paper.noRoom')}</Empty>)}</Loaded></>;
}

function Entry({ roomId, classId, kind }: { roomId: string; classId: string; kind: string }) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const grid = useQuery({ ...query(getPaperGrid, { params: { roomId } }), refetchOnWindowFocus: false });
  const draftKey = `lantoa.paper.${classId}.${kind}`;
  const [typed, setTypedState] = useState<Typed>(() => JSON.parse(localStorage.getItem(draftKey) ?? '{}') as Typed);
  const [ids] = useState(() => new Map<string, string>());
  const [done, setDone] = useState<{ name: string; answered: number; total: number }[]>([]);
  // What was keyed in stays on this machine until it is sent.
  const setTyped = (next: Typed) => { setTypedState(next); localStorage.setItem(draftKey, JSON.stringify(next)); };
  const idOf = (personId: string) => { const id = ids.get(personId) ?? newId(); ids.set(personId, id); return id; };
  const rows = Object.entries(typed).filter(([, cells]) => Object.values(cells).some(Boolean));
  const waits = useWaiting(personId, [enterPaper], { roomId }).filter((op) => !op.refused).flatMap((op) => (op.input.body as { sheets: { personId: string }[] }).sheets.map((sheet) => sheet.personId));
  const sheetOf = ([person, cells]: [string, Record<string, string>]) => ({ attemptId: idOf(person), personId: person, choices: Object.entries(cells).flatMap(([questionVersionId, text]) => { const q = grid.data?.questions.find((x) => x.questionVersionId === questionVersionId); const choice = q && choiceOf(q, text); return choice ? [{ questionVersionId, choice }] : []; }) });
  const send = useMutation({
    mutationFn: () => perform(personId, enterPaper, { params: { roomId }, body: { sheets: rows.map(sheetOf) } }, t('paper.title')),
    onSuccess: (said) => { setDone((said?.items ?? []).map((i) => ({ ...i, name: grid.data?.people.find((p) => p.personId === i.personId)?.name ?? '' }))); setTyped({}); ids.clear(); void client.invalidateQueries({ queryKey: ['training'] }); },
  });
  return (
    <Loaded query={grid}>{(said) => { const g = { ...said, people: said.people.map((p) => ({ ...p, done: p.done || waits.includes(p.personId) })) }; return (
      <>
        <Copy of={grid} />
        {waits.length > 0 && <Alert color="nghe" role="status">{t('paper.kept', { n: waits.length })}</Alert>}
        {done.length > 0 && <Alert color="rung" title={t('paper.sent', { n: done.length })}>{done.map((d) => <div key={d.name}>{t('paper.total', d)}</div>)}</Alert>}
        <p className="sub">{t('paper.keys')}</p>
        <Table grid={g} typed={typed} onType={(person, question, text) => setTyped({ ...typed, [person]: { ...typed[person], [question]: text } })} />
        <ProblemAlert of={send} />
        <div><Button disabled={!rows.length} loading={send.isPending} onClick={() => send.mutate()}>{t('paper.send', { n: rows.length })}</Button></div>
      </>
    ); }}</Loaded>
  );
}

function Table({ grid, typed, onType }: { grid: Grid; typed: Typed; onType: (personId: string, questionVersionId: string, text: string) => void }) {
  const table = useRef<HTMLTableElement>(null);
  const open = grid.people.filter((p) => !p.done);
  const go = (row: number, column: number) => table.current?.querySelector<HTMLInputElement>(`[data-at="${row} ${column}"]`)?.focus();
  const keyed = (e: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const moves: Record<string, [number, number]> = { ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], Enter: [row + 1, 0] };
    const to = moves[e.key];
    if (!to) return;
    e.preventDefault();
    go(...to);
  };
  if (!open.length) return <Empty>{t('paper.allDone')}</Empty>;
  return (
    <section className="panel"><Scroll label={t('paper.title')}><table ref={table} className="paper-grid">
      <thead><tr><th>{t('person.name')}</th>{grid.questions.map((q, i) => <th key={q.questionVersionId}>{i + 1}</th>)}</tr></thead>
      <tbody>{open.map((p, row) => <tr key={p.personId}><th scope="row">{p.name}<br /><span className="sub">{p.unitName} · {Object.values(typed[p.personId] ?? {}).filter(Boolean).length}/{grid.questions.length}</span></th>
        {grid.questions.map((q, column) => { const text = typed[p.personId]?.[q.questionVersionId] ?? ''; const wrong = text !== '' && choiceOf(q, text) === null; return <td key={q.questionVersionId}><input data-at={`${row} ${column}`} aria-label={t('paper.cell', { name: p.name, n: column + 1 })} aria-invalid={wrong || undefined} className={q.kind === 'single' || q.kind === 'true-false' || q.kind === 'picture' ? '' : 'wide'} value={text} autoComplete="off" onKeyDown={(e) => keyed(e, row, column)} onChange={(e) => { const next = e.currentTarget.value.toUpperCase().trim(); onType(p.personId, q.questionVersionId, next); if (isComplete(q, next)) go(row, column + 1); }} /></td>; })}</tr>)}</tbody>
    </table></Scroll></section>
  );
}

type Question = Grid['questions'][number];
const at = (q: Question, letter: string): string | undefined => q.options['ABCDEFGH'.indexOf(letter)];
const isOne = (q: Question): boolean => ['single', 'true-false', 'picture'].includes(q.kind);
/** One letter is all that such a question takes: go on. */
const isComplete = (q: Question, text: string): boolean => isOne(q) && text.length === 1 && choiceOf(q, text) !== null;

/** What was written on paper as an answer; `null` for what cannot be one. `?` and `-` are "I don't know yet". */
function choiceOf(q: Question, text: string): string | null {
  if (text === '?' || text === '-') return UNKNOWN;
  if (isOne(q)) return text.length === 1 ? (at(q, text) ?? null) : null;
  if (q.kind === 'multiple') {
    const ids = [...text.replace(/[^A-H]/g, '')].map((l) => at(q, l));
    return ids.length && ids.every(Boolean) ? [...new Set(ids as string[])].sort().join('+') : null;
  }
  // Ordering and matching: the number that stands in each box, from the first option down, e.g. 2314.
  const numbers = [...text.replace(/\D/g, '')].map(Number);
  if (numbers.length !== q.options.length || new Set(numbers).size !== numbers.length || numbers.some((n) => n < 1 || n > q.options.length)) return null;
  if (q.kind === 'ordering') return numbers.map((_, place) => q.options[numbers.indexOf(place + 1)]).join('>');
  return q.options.map((id, i) => `${id}=${q.matches[(numbers[i] as number) - 1]}`).sort().join(',');
}
