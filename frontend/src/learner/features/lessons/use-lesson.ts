import { getLesson, mediaAddress, type LessonView } from '@lantoa/shared/curriculum';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { ApiProblem, call } from '../../../lib/api.ts';
import { type StoredLesson, storedLesson } from '../../../lib/lesson-store.ts';

export interface Reading { lesson: LessonView; stored: StoredLesson | undefined }

/** A lesson from the phone where it lies there, else from the network. Stored ones open at once and are refreshed behind the reader. */
export function useLesson(lessonId: string) {
  const stored = useQuery({ queryKey: ['stored-lesson', lessonId], queryFn: async () => (await storedLesson(lessonId)) ?? null, staleTime: 0, networkMode: 'always' });
  const fresh = useQuery({
    queryKey: ['curriculum', 'getLesson', { params: { lessonId } }], networkMode: 'always', retry: (n, e) => n < 1 && !(e instanceof ApiProblem && e.code !== 'network'),
    queryFn: ({ signal }) => call(getLesson, { params: { lessonId } }, { signal }),
  });
  const files = stored.data?.files;
  const urls = useMemo(() => new Map(Object.entries(files ?? {}).map(([url, blob]) => [url, URL.createObjectURL(blob)])), [files]);
  useEffect(() => () => { for (const url of urls.values()) URL.revokeObjectURL(url); }, [urls]);
  const lesson = fresh.data ?? stored.data?.lesson;
  return {
    lesson, isStored: Boolean(stored.data), error: lesson || stored.isPending ? null : fresh.error, refreshStored: () => stored.refetch(),
    /** Where the bytes of an address are. */
    source: (url: string): string => urls.get(url) ?? url,
    picture: (file: string | undefined): string | null => (lesson && file ? (urls.get(mediaAddress(lesson.courseSlug, file)) ?? mediaAddress(lesson.courseSlug, file)) : null),
  };
}
