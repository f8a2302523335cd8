import { IconDeviceMobileCheck, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { keepLesson, missingOf } from '../../../lib/lesson-store.ts';
import { Notice } from '../../../ui/parts.tsx';
import { reading } from '../../settings.ts';
import { useStoredLessons } from './use-lesson.ts';

/** A whole course onto the phone: first what it weighs, then, when asked, lesson by lesson; what arrived stays when the network goes. */
export function CourseDownload({ lessonIds, storedIds }: { lessonIds: readonly string[]; storedIds: ReadonlySet<string> }) {
  const stored = useStoredLessons();
  const [done, setDone] = useState(0);
  const language = reading().listen;
  const weigh = useMutation({ networkMode: 'always', mutationFn: () => missingOf(lessonIds, language) });
  const keep = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      setDone(0);
      for (const lesson of weigh.data?.lessons ?? []) {
        await keepLesson(lesson, language);
        setDone((n) => n + 1);
      }
    },
    onSettled: () => stored.refetch(),
  });
  if (lessonIds.every((id) => storedIds.has(id))) return <p className="lead row"><IconDeviceMobileCheck size={20} aria-hidden />{t('lessons.courseStored')}</p>;
  const failed = (weigh.isError || keep.isError) && <Notice kind="warn">{t('reader.notKept')}</Notice>;
  if (!weigh.data) return <><button type="button" className="btn text" disabled={weigh.isPending} onClick={() => weigh.mutate()}><IconDownload size={20} aria-hidden />{t(weigh.isPending ? 'lessons.weighing' : 'lessons.download')}</button>{failed}</>;
  return (
    <>
      {keep.isPending && <progress value={done} max={weigh.data.lessons.length} aria-label={t('reader.downloading')} />}
      <button type="button" className="btn second" disabled={keep.isPending} onClick={() => keep.mutate()}><IconDownload size={20} aria-hidden />{keep.isPending ? t('lessons.downloading', { n: done, of: weigh.data.lessons.length }) : t('lessons.downloadNow', { size: bytes(weigh.data.bytes) })}</button>
      {failed}
    </>
  );
}
