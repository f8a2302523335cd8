import { getLesson, mediaAddress } from '@lantoa/shared/curriculum';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { ApiProblem, call } from '../../../lib/api.ts';
import { storedLessons } from '../../../lib/lesson-store.ts';

/** What lies on this phone, read once and kept at hand: a lesson opens with its first frame. Recordings stay in the storage until they are played. */
export const useStoredLessons = () => useQuery({ queryKey: ['stored-lessons'], queryFn: storedLessons, staleTime: Number.POSITIVE_INFINITY, networkMode: 'always' });

/** A lesson from the phone where it lies there, else from the network. Stored ones open at once and are refreshed behind the reader. */
export function useLesson(lessonId: string) {
  const all = useStoredLessons();
  const stored = all.data?.find((l) => l.id === lessonId);
  const fresh = useQuery({
    queryKey: ['curriculum', 'getLesson', { params: { lessonId } }], networkMode: 'always', retry: (n, e) => n < 1 && !(e instanceof ApiProblem && e.code !== 'network'),
    queryFn: async ({ signal }) => {
      // What lies on the phone is drawn first.
      if (stored) await new Promise((drawn) => setTimeout(drawn, 50));
      return call(getLesson, { params: { lessonId } }, { signal });
    },
  });
  const files = stored?.files;
  const urls = useMemo(() => new Map(Object.entries(files ?? {}).map(([url, blob]) => [url, URL.createObjectURL(blob)])), [files]);
  useEffect(() => () => { for (const url of urls.values()) URL.revokeObjectURL(url); }, [urls]);
  const lesson = fresh.data ?? stored?.lesson;
  return {
    lesson, isStored: Boolean(stored), error: lesson || all.isPending ? null : fresh.error, refreshStored: () => all.refetch(),
    /** Where the bytes of an address are. */
    source: (url: string): string => urls.get(url) ?? url,
    picture: (file: string | undefined): string | null => (lesson && file ? (urls.get(mediaAddress(lesson.courseSlug, file)) ?? mediaAddress(lesson.courseSlug, file)) : null),
  };
}
