import { type Backup, checkBackup, downloadBackup, getBackups, makeBackup, takeBackupKey } from '@lantoa/shared/backups';
import { Alert, Button, Code } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call, query } from '../../../lib/api.ts';
import { bytes, moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';

const LOOK_MS = 3000;
const LOOK: Record<Backup['state'], string> = { running: 'tag busy', good: 'tag ok', failed: 'tag bad' };
const stateOf = (b: Backup): string => t(b.state === 'running' ? 'backups.running' : b.state === 'failed' ? 'backups.failed' : b.fault ? 'backups.goodUntried' : b.checkedAt ? 'backups.good' : 'backups.trying');

/** Copies of everything: whether the last one is good, lies elsewhere too, and can be opened there. */
export default function BackupsPage() {
  const client = useQueryClient();
  const options = query(getBackups, {});
  const backups = useQuery({ ...options, refetchInterval: (q) => (q.state.data?.items.some((b) => b.state === 'running' || (b.state === 'good' && !b.checkedAt && !b.fault)) ? LOOK_MS : false) });
  const [keyShown, setKeyShown] = useState(false);
  const news = () => client.invalidateQueries({ queryKey: ['backups'] });
  const make = useMutation({ mutationFn: () => call(makeBackup, {}), onSuccess: news });
  const check = useMutation({ mutationFn: (backupId: string) => call(checkBackup, { params: { backupId } }), onSettled: news });
  return (
    <>
      <Head title={t('backups.title')} sub={t('backups.sub')} back="/quan-ly/cai-dat" />
      <Loaded query={backups} height={420}>{(b) => {
        const last = b.items.find((x) => x.state === 'good');
        const taken = b.items.flatMap((x) => x.takenAt ?? []).sort().at(-1);
        const running = b.items.some((x) => x.state === 'running');
        return (
          <>
            {b.late && !running && <Alert color="do" role="alert">{t('backups.late')}</Alert>}
            <div className="answers">
              <div><small>{t('backups.last')}</small>{last ? moment(last.startedAt) : t('backups.never')}<small>{last && `${bytes(last.bytes)} · ${last.checkedAt && !last.fault ? t('backups.read', { at: moment(last.checkedAt) }) : t(last.fault ? 'backups.unread' : 'backups.trying')}`}</small></div>
              <div><small>{t('backups.away')}</small>{taken ? t('backups.awayAt', { at: moment(taken) }) : t('backups.awayNever')}</div>
              <div><small>{t('backups.key')}</small>{b.keyTakenAt ? t('backups.keyAt', { at: moment(b.keyTakenAt) }) : t('backups.keyNever')}</div>
            </div>
            <ProblemAlert of={make} /><ProblemAlert of={check} />
            {check.data && !check.data.fault && <Alert color="rung" role="status">{t('backups.tried')}</Alert>}
            <div className="row-s"><Button loading={make.isPending || running} onClick={() => make.mutate()}>{t(running ? 'backups.running' : 'backups.now')}</Button><Button variant="outline" onClick={() => setKeyShown(true)}>{t('backups.takeKey')}</Button></div>
            {b.items.length === 0 ? <Empty>{t('backups.none')}</Empty> : <section className="panel"><h2>{t('backups.list')}</h2><List items={b.items} trying={check.isPending ? check.variables : undefined} onTry={(id) => check.mutate(id)} onTaken={() => setTimeout(() => void news(), 1000)} /></section>}
            <p className="sub" style={{ overflowWrap: 'anywhere' }}>{t('backups.storage', { database: bytes(b.databaseBytes), free: bytes(b.freeBytes), folder: b.folder })}</p>
            <p className="sub">{t('backups.how')} <Code>npm run lantoa --silent -- restore FILE --key KEY.txt --data DIR</Code> {t('backups.howAfter')}</p>
            <Dialog opened={keyShown} onClose={() => { setKeyShown(false); void news(); }} title={t('backups.key')} size="lg">{keyShown && <Key />}</Dialog>
          </>
        );
      }}</Loaded>
    </>
  );
}

function List({ items, trying, onTry, onTaken }: { items: readonly Backup[]; trying: string | undefined; onTry: (id: string) => void; onTaken: () => void }) {
  const acts = (b: Backup) => b.state === 'good' && <span className="row-s"><Button component="a" variant="outline" size="compact-md" href={addressOf(downloadBackup, { params: { backupId: b.id } })} onClick={onTaken}>{t('backups.download')}</Button><Button variant="subtle" size="compact-md" loading={trying === b.id} onClick={() => onTry(b.id)}>{t('backups.try')}</Button></span>;
  const what = (b: Backup) => (b.state === 'good' ? t('backups.whatN', { rows: number(b.rows), files: number(b.files) }) : '');
  return (
    <>
      <Scroll label={t('backups.list')} wideOnly><table className="data">
        <thead><tr>{['begun', 'state', 'size', 'what', 'by'].map((k) => <th key={k}>{t(`backups.${k}`)}</th>)}<th><span className="unseen">{t('backups.download')}</span></th></tr></thead>
        <tbody>{items.map((b) => <tr key={b.id}><td>{moment(b.startedAt)}</td><td><span className={LOOK[b.state]}>{stateOf(b)}</span>{b.fault && <p className="sub">{b.fault}</p>}</td><td>{b.bytes ? bytes(b.bytes) : ''}</td><td>{what(b)}</td><td>{b.by ?? t('backups.program')}</td><td>{acts(b)}</td></tr>)}</tbody>
      </table></Scroll>
      <div className="only-small">{items.map((b) => <div key={b.id} className="person wraps"><span><strong>{moment(b.startedAt)}</strong> <span className={LOOK[b.state]}>{stateOf(b)}</span><br /><span className="sub">{[b.bytes ? bytes(b.bytes) : '', what(b), b.by ?? t('backups.program'), b.fault ?? ''].filter(Boolean).join(' · ')}</span></span>{acts(b)}</div>)}</div>
    </>
  );
}

function Key() {
  const take = useMutation({ mutationFn: () => call(takeBackupKey, {}) });
  const save = (key: string) => {
    const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([`${key}\n`], { type: 'text/plain' })), download: 'lan-toa-khoa-khoi-phuc.txt' });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div className="stack">
      <Alert color="nghe">{t('backups.keyWhat')}</Alert>
      <ProblemAlert of={take} />
      {take.data ? <><Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{take.data.key}</Code><div><Button onClick={() => save(take.data.key)}>{t('backups.keySave')}</Button></div></> : <div><Button loading={take.isPending} onClick={() => take.mutate()}>{t('backups.takeKey')}</Button></div>}
    </div>
  );
}
