import { useQuery } from '@tanstack/react-query';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { forgetLesson, storedLessons } from '../../../lib/lesson-store.ts';
import { Bar, LinkCard, Notice } from '../../../ui/parts.tsx';

/** What Lan Toả keeps on this phone, how much room there is, and whether the browser has promised not to clear it. */
async function room(): Promise<{ used: number | null; free: number | null; promised: boolean | null }> {
  const estimate = await navigator.storage?.estimate?.().catch(() => undefined);
  const promised = (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
  const { usage, quota } = estimate ?? {};
  return { used: usage ?? null, free: usage !== undefined && quota !== undefined ? quota - usage : null, promised };
}

/** Lessons on this phone with their sizes; each can be removed. Work that was not sent is never among them. */
export default function StoragePage() {
  const lessons = useQuery({ queryKey: ['stored-lessons'], queryFn: storedLessons, networkMode: 'always' });
  const space = useQuery({ queryKey: ['storage-room', lessons.data?.length], queryFn: room, networkMode: 'always' });
  const items = lessons.data ?? [];
  return (
    <>
      <Bar title={t('storage.title')} />
      <main className="page">
        {space.data && space.data.used !== null && <p className="lead">{t('storage.used', { size: bytes(space.data.used) })}{space.data.free !== null && <> {t('storage.free', { size: bytes(space.data.free) })}</>}</p>}
        {space.data?.promised !== null && space.data && items.length > 0 && <Notice kind={space.data.promised ? 'ok' : 'warn'}>{t(space.data.promised ? 'storage.promised' : 'storage.notPromised')}</Notice>}
        {lessons.data && items.length === 0 && <section className="card"><h3>{t('storage.empty')}</h3><p className="lead">{t('storage.emptyHow')}</p></section>}
        {items.map((l) => <div key={l.id} className="card link"><span><strong>{l.title}</strong><br /><span className="lead">{l.courseTitle} · {bytes(l.bytes)}</span></span><button type="button" className="btn text" style={{ width: 'auto' }} onClick={() => void forgetLesson(l.id).then(() => lessons.refetch())}>{t('storage.remove')}</button></div>)}
        <LinkCard href="/hoc/viec-tren-may" title={t('work.title')} note={t('storage.work')} />
      </main>
    </>
  );
}
