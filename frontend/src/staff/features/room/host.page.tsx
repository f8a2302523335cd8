import { printPaperTest, printRoomPoster } from '@lantoa/shared/class-papers';
import { acceptLate, getRoom, moveRoom, openRoom, releaseSeat, type RoomAct, type RoomHost, type RoomPerson, takeOverRoom, watchRoom } from '@lantoa/shared/rooms';
import { getClass } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Checkbox, NumberInput, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { percent } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { follow } from '../../../lib/live.ts';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { ScanSheets } from './scan-sheets.tsx';

type Kind = 'pre' | 'post';

/** The remote of a test in a hall: open, watch, close; for a trainer's phone as for a desk. */
export default function HostPage({ classId, kind }: { classId: string; kind: Kind }) {
  const cls = useQuery(query(getClass, { params: { classId } }));
  return (
    <Loaded query={cls} height={400}>{(c) => {
      const roomId = c.rooms[kind];
      return (
        <>
          <Head title={t(`hall.${kind}`)} back={`/quan-ly/lop/${classId}`} sub={<>{c.title} · {t('classes.people', { n: c.enrolled })}</>} />
          {roomId ? <Room roomId={roomId} classId={classId} kind={kind} /> : <Opening classId={classId} kind={kind} />}
        </>
      );
    }}</Loaded>
  );
}

/** How the test is taken; nobody works before it is started. */
function Opening({ classId, kind }: { classId: string; kind: Kind }) {
  const client = useQueryClient();
  const [pace, setPace] = useState<'own' | 'together'>('own');
  const [limited, setLimited] = useState(false);
  const [minutes, setMinutes] = useState(30);
  const [extraTime, setExtraTime] = useState(true);
  const [sealed, setSealed] = useState(false);
  const open = useMutation({
    mutationFn: () => call(openRoom, { params: { classId }, body: { kind, pace, timeLimitMinutes: limited ? minutes : null, extraTime: limited && extraTime, sealed } }, { key: newId() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }),
  });
  return (
    <section className="panel stack" style={{ maxWidth: 560 }}>
      <Radio.Group label={t('hall.pace')} value={pace} onChange={(v) => setPace(v as 'own')}><Stack gap="sm" mt={4}><Radio value="own" label={t('hall.own')} description={t('hall.ownWhat')} /><Radio value="together" label={t('hall.together')} description={t('hall.togetherWhat')} /></Stack></Radio.Group>
      <Checkbox label={t('hall.limit')} description={t('hall.limitWhat')} checked={limited} onChange={(e) => setLimited(e.currentTarget.checked)} />
      {limited && <><NumberInput label={t('task.minutes')} value={minutes} min={5} max={240} onChange={(v) => setMinutes(Number(v) || 30)} /><Checkbox label={t('task.extra', { n: Math.round(minutes * 1.5) })} checked={extraTime} onChange={(e) => setExtraTime(e.currentTarget.checked)} /></>}
      <Checkbox label={t('hall.sealed')} description={t('hall.sealedWhat')} checked={sealed} onChange={(e) => setSealed(e.currentTarget.checked)} />
      <ProblemAlert of={open} />
      <div className="row-s"><Button loading={open.isPending} onClick={() => open.mutate()}>{t('hall.openRoom')}</Button><Button component="a" variant="outline" target="_blank" href={addressOf(printPaperTest, { params: { classId, kind }, query: {} })}>{t('hall.paperSheets')}</Button></div>
    </section>
  );
}

const BUTTONS: Record<RoomAct, { variant: 'filled' | 'outline' | 'subtle' }> = { start: { variant: 'filled' }, close: { variant: 'filled' }, next: { variant: 'filled' }, back: { variant: 'outline' }, 'more-time': { variant: 'outline' }, 'show-results': { variant: 'filled' }, 'hide-results': { variant: 'outline' }, reopen: { variant: 'outline' }, finish: { variant: 'subtle' } };

function Room({ roomId, classId, kind }: { roomId: string; classId: string; kind: Kind }) {
  const client = useQueryClient();
  const options = query(getRoom, { params: { roomId } });
  const room = useQuery(options);
  const [away, setAway] = useState(false);
  const [back, setBack] = useState<string>();
  const [scanning, setScanning] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stream is begun once a room
  useEffect(() => follow<RoomHost>(addressOf(watchRoom, { params: { roomId } }), () => call(getRoom, { params: { roomId } }), (next) => client.setQueryData(options.queryKey, next), (lost) => {
    setAway(lost);
    if (!lost) setBack(new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' }));
  }), [client, roomId]);
  const keep = { onSuccess: (next: RoomHost) => { client.setQueryData(options.queryKey, next); void client.invalidateQueries({ queryKey: ['training', 'getClass'] }); } };
  const move = useMutation({ mutationFn: (act: RoomAct) => call(moveRoom, { params: { roomId }, body: { act } }), ...keep });
  const person = useMutation({ mutationFn: (p: RoomPerson) => (p.state === 'late' ? call(acceptLate, { params: { roomId }, body: { attemptId: p.attemptId ?? '' } }) : call(releaseSeat, { params: { roomId }, body: { personId: p.personId } })), ...keep });
  const host = useMutation({ mutationFn: () => call(takeOverRoom, { params: { roomId } }), ...keep });
  return (
    <Loaded query={room} height={400}>{(r) => (
      <div className="grid2">
        <div className="stack">
          {away && <Alert color="nghe" role="status">{t('hall.away')}</Alert>}
          {!away && back && <p className="sub" role="status">{t('hall.back', { at: back })}</p>}
          {!r.host.mine && <Alert color="cham"><p style={{ marginTop: 0 }}>{t('hall.viewer', { name: r.host.name })}</p><Button size="compact-md" loading={host.isPending} onClick={() => host.mutate()}>{t('hall.takeOver')}</Button></Alert>}
          <section className="panel stack">
            <div className="row-s" style={{ justifyContent: 'space-between' }}><span className={`tag ${r.phase === 'running' ? 'busy' : ''}`}>{t(`hall.phase.${r.phase}`)}</span>{r.timeLimitMinutes !== null && <span className="sub">{t('hall.minutes', { n: Math.round(r.timeLimitMinutes * (r.extraTime ? 1.5 : 1)) })}</span>}</div>
            <p style={{ margin: 0, fontSize: 20 }}><strong>{t('hall.counts', { joined: r.joined, all: r.people.length, done: r.done })}</strong></p>
            {r.phase === 'lobby' && r.joined === 0 && <p className="sub">{t('hall.nobody')}</p>}
            {r.startCode && (r.phase === 'lobby' || r.phase === 'running') && <Alert color="nghe" title={t('hall.startCode')}><span style={{ fontSize: 28, fontWeight: 700 }}>{r.startCode.slice(0, 3)} {r.startCode.slice(3)}</span><p className="sub">{t('hall.startCodeWhat')}</p></Alert>}
            {r.pace === 'together' && r.phase === 'running' && <div><p className="sub">{t('hall.question', { n: r.question + 1, of: r.questions })}</p><strong>{r.stem}</strong></div>}
            {r.host.mine && <div className="row-s">{r.acts.filter((a) => a !== 'finish').map((a) => <Button key={a} variant={BUTTONS[a].variant} loading={move.isPending && move.variables === a} onClick={() => move.mutate(a)}>{t(`hall.act.${a}`)}</Button>)}</div>}
            <ProblemAlert of={move} /><ProblemAlert of={person} /><ProblemAlert of={host} />
          </section>
          {r.topics.length > 0 && <section className="panel"><h2>{t('hall.topics')}</h2><p className="sub">{t('hall.onlyYou')}</p><ul className="bare">{r.topics.map((x) => <li key={x.topic} className="person"><span>{x.topic}</span><span className="bar-cell" style={{ minWidth: 140 }}><i style={{ width: `${x.share * 100}%` }} /><b>{percent(x.share)}</b></span></li>)}</ul></section>}
          <People room={r} busy={person.isPending} onAct={(p) => person.mutate(p)} />
        </div>
        <aside className="panel stack">
          <h2>{t('hall.join')}</h2>
          <p style={{ margin: 0 }}>{t('hall.code')}<br /><strong style={{ fontSize: 32, fontVariantNumeric: 'tabular-nums' }}>{r.code.slice(0, 3)} {r.code.slice(3)}</strong></p>
          <p className="sub" style={{ overflowWrap: 'anywhere' }}>{r.link}</p>
          <Button component="a" href={`/chieu/${r.code}`} target="_blank" variant="outline">{t('hall.wall')}</Button>
          <Button component="a" href={addressOf(printRoomPoster, { params: { roomId }, query: {} })} target="_blank" variant="outline">{t('hall.poster')}</Button>
          <Button component="a" href={`/t/${r.code}`} target="_blank" variant="outline">{t('hall.shared')}</Button>
          <Button component="a" href={addressOf(printPaperTest, { params: { classId, kind }, query: {} })} target="_blank" variant="outline">{t('hall.paperSheets')}</Button>
          {r.phase !== 'lobby' && <Button variant="outline" onClick={() => setScanning(true)}>{t('sheets.title')}</Button>}
          <Dialog opened={scanning} onClose={() => setScanning(false)} title={t('sheets.title')}><ScanSheets room={r} /></Dialog>
          {r.phase === 'lobby' ? <p className="sub">{t('hall.paperLater')}</p> : <Button component={Link} href={`/quan-ly/lop/${classId}/thi/${kind}/phieu`} variant="outline">{t('hall.enterPaper')}</Button>}
        </aside>
      </div>
    )}</Loaded>
  );
}

const LOOK: Record<RoomPerson['state'], string> = { out: 'tag', joined: 'tag busy', working: 'tag busy', done: 'tag ok', late: 'tag warn' };

/** Who has not joined first, then who is at it, then who has handed in. For the team's eyes. */
function People({ room, busy, onAct }: { room: RoomHost; busy: boolean; onAct: (p: RoomPerson) => void }) {
  const groups = (['late', 'out', 'joined', 'working', 'done'] as const).map((state) => ({ state, people: room.people.filter((p) => p.state === state) })).filter((g) => g.people.length);
  return (
    <section className="panel"><h2>{t('hall.people')}</h2>
      {groups.map((g) => <details key={g.state} open={g.state === 'late' || (g.state === 'out' && room.phase !== 'lobby' && g.people.length <= 12)}><summary style={{ minHeight: 44, cursor: 'pointer' }}><strong>{t(`hall.state.${g.state}`, { n: g.people.length })}</strong></summary>
        {g.people.map((p) => <div key={p.enrolmentId} className="person wraps"><span><strong>{p.name}</strong><br /><span className="sub">{p.unitName}{p.channel ? ` · ${t(`hall.channel.${p.channel}`)}` : ''}{p.state === 'working' ? ` · ${t('hall.answered', { n: p.answered, of: room.questions })}` : ''}</span></span><span className="row-s"><span className={LOOK[p.state]}>{t(`hall.is.${p.state}`)}</span>{(p.state === 'joined' || p.state === 'working' || p.state === 'late') && <Button size="compact-md" variant="outline" disabled={busy} onClick={() => onAct(p)}>{t(p.state === 'late' ? 'hall.acceptLate' : 'hall.movePhone')}</Button>}</span></div>)}
      </details>)}
    </section>
  );
}
