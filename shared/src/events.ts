/** News between modules, in the past tense. It travels through the outbox, in the transaction that made it. */
export interface Events {
  'course-published': { courseSlug: string; versionId: string };
  'class-completed': { classId: string };
  'certificates-issued': { entryIds: string[] };
  'certificates-changed': { entryIds: string[] };
}
export type EventName = keyof Events;
