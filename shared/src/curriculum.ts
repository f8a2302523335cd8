import { z } from 'zod';
import { Day, download, Empty, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(80);

/** One card: at most 60 words, one idea. `text` is plain Markdown: paragraphs, `- ` lists and `**bold**`. */
export const Card = z.object({
  slug: Slug, title: z.string(), text: z.string(),
  picture: z.object({ file: z.string(), alt: z.string() }).nullable(),
  terms: z.array(z.object({ term: z.string(), meaning: z.string() })),
  sources: z.array(z.object({ text: z.string(), checkedOn: Day })),
}).meta({ id: 'Card' });
export type Card = z.infer<typeof Card>;

/** A lesson as it is written: the same thing in a file, in a draft and in a published version. */
export const LessonContent = z.object({
  slug: Slug, title: z.string(), aim: z.string(), minutes: z.int().min(1).max(30), note: z.string().nullable(),
  /** Speaks of violence or abuse: the reader opens with a content note and carries a quick exit. */
  sensitive: z.boolean(),
  /** Slug of the question that closes the lesson. */
  check: z.string().nullable(),
  cards: z.array(Card),
}).meta({ id: 'LessonContent' });
export type LessonContent = z.infer<typeof LessonContent>;

/** A page of the kit: a title and simple Markdown (paragraphs, lists, check lists, tables). */
export const KitPage = z.object({ title: z.string(), text: z.string() });
export type KitPage = z.infer<typeof KitPage>;
export const PlanStep = z.object({ minutes: z.int().min(5).max(120), title: z.string(), method: z.string(), lesson: z.string().nullable(), does: z.string() });
/** A session plan, minute by minute. */
export const SessionScript = z.object({ length: z.enum(['half-day', 'one-day']), title: z.string(), aim: z.string(), materials: z.array(z.string()), steps: z.array(PlanStep) });
export type SessionScript = z.infer<typeof SessionScript>;
/** Facilitator kit of a course. */
export const Kit = z.object({ plans: z.array(SessionScript), slides: z.array(KitPage), handouts: z.array(KitPage), rolePlays: z.array(KitPage) }).meta({ id: 'Kit' });
export type Kit = z.infer<typeof Kit>;

/** Everything a course version is made of, but its questions. `position` is its place in the list of modules. */
export const CourseContent = z.object({ position: z.int(), title: z.string(), aim: z.string(), audience: z.string(), hours: z.number(), lessons: z.array(LessonContent), kit: Kit }).meta({ id: 'CourseContent' });
export type CourseContent = z.infer<typeof CourseContent>;

/** Languages in which cards may be recorded: Vietnamese, Xơ Đăng, Ba Na, Gia Rai, Giẻ, Triêng, Hrê. BCP 47 tags. */
export const audioLanguages = ['vi', 'sed', 'bdq', 'jra', 'jeh', 'stg', 'hre'] as const;
export const AudioLanguage = z.enum(audioLanguages);
export type AudioLanguage = z.infer<typeof AudioLanguage>;

export const LessonRow = z.object({
  id: Id, slug: z.string(), position: z.int(), title: z.string(), aim: z.string(), minutes: z.int(), sensitive: z.boolean(), cards: z.int(), cardsSeen: z.int(),
}).meta({ id: 'LessonRow' });

export const CourseRow = z.object({ slug: z.string(), versionId: Id, number: z.int(), position: z.int(), title: z.string(), aim: z.string(), audience: z.string(), hours: z.number(), hasKit: z.boolean(), lessons: z.array(LessonRow) }).meta({ id: 'CourseRow' });
export type CourseRow = z.infer<typeof CourseRow>;

/** The courses with their lessons and how far the asker has read. Somebody in the middle of a course sees the version that they began. */
export const listCourses = endpoint({ name: 'curriculum.listCourses', method: 'GET', path: '/courses', response: listOf(CourseRow) });

/** A recording that can be played: where its bytes are, how long and how heavy it is. */
export const Track = z.object({ language: AudioLanguage, url: z.string(), seconds: z.number(), bytes: z.int() });
export type Track = z.infer<typeof Track>;

const CourseParams = z.object({ courseSlug: Slug });
const LessonParams = z.object({ lessonId: Id });

export const getLesson = endpoint({
  name: 'curriculum.getLesson', method: 'GET', path: '/lessons/:lessonId', params: LessonParams,
  response: z.object({
    id: Id, slug: z.string(), title: z.string(), aim: z.string(), minutes: z.int(), sensitive: z.boolean(), courseSlug: z.string(), courseTitle: z.string(), position: z.int(), trainerNote: z.string().nullable(), check: z.string().nullable(),
    cards: z.array(Card.extend({ tracks: z.array(Track), pictureBytes: z.int() })),
    /** Bytes of text, pictures and the recordings of one language: what "download" will cost. */
    bytes: z.object({ text: z.int(), pictures: z.int(), audio: z.record(z.string(), z.int()) }),
    seen: z.array(z.string()), next: z.object({ id: Id, title: z.string() }).nullable(),
  }),
});
export type LessonView = z.infer<(typeof getLesson)['response']>;

/** Cards that were read. Grows only: sending one twice, or late, changes nothing. */
export const markCards = endpoint({ name: 'curriculum.markCards', method: 'POST', path: '/lessons/:lessonId/cards', params: LessonParams, body: z.object({ cards: z.array(z.string().max(80)).min(1).max(20) }), response: Empty });

/** The facilitator kit as one PDF: both session plans, slides, handouts, role-plays. */
export const printKit = download({ name: 'curriculum.printKit', method: 'GET', path: '/courses/:courseSlug/kit.pdf', params: CourseParams, produces: 'application/pdf' });
/** Handouts and templates as a document that an office edits. */
export const editableKit = download({ name: 'curriculum.editableKit', method: 'GET', path: '/courses/:courseSlug/kit.docx', params: CourseParams, produces: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' });

// Editing: one open draft per course; draft → in review → (returned →) published, by two different people.

/** How good a lesson is, in words that the editor shows. `blocks`: it may not be published like this. */
export const Finding = z.object({ code: z.string(), card: z.string().nullable(), blocks: z.boolean(), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type Finding = z.infer<typeof Finding>;
export const DraftLesson = z.object({ id: Id, position: z.int(), revision: z.int(), editedBy: z.string(), editedAt: z.iso.datetime(), content: LessonContent, findings: z.array(Finding) }).meta({ id: 'DraftLesson' });
export type DraftLesson = z.infer<typeof DraftLesson>;
export const DraftComment = z.object({ id: Id, lesson: z.string(), card: z.string().nullable(), text: z.string(), by: z.string(), at: z.iso.datetime(), resolvedAt: z.iso.datetime().nullable() }).meta({ id: 'DraftComment' });
export const Draft = z.object({
  id: Id, courseSlug: z.string(), status: z.enum(['draft', 'review', 'returned', 'published', 'dropped']), baseNumber: z.int(), revision: z.int(), title: z.string(), aim: z.string(), audience: z.string(), hours: z.number(),
  createdBy: z.string(), submittedBy: z.string().nullable(), lessons: z.array(DraftLesson), comments: z.array(DraftComment), blocked: z.boolean(),
  mayEdit: z.boolean(), mayDecide: z.boolean(),
}).meta({ id: 'Draft' });
export type Draft = z.infer<typeof Draft>;

/** Every course that people write: published or not yet, with the state of its draft. */
export const listDrafts = endpoint({
  name: 'curriculum.listDrafts', method: 'GET', path: '/drafts',
  response: z.object({ items: z.array(z.object({ slug: z.string(), title: z.string(), number: z.int().nullable(), lessons: z.int(), status: z.enum(['draft', 'review', 'returned']).nullable(), hasKit: z.boolean() })), mayEdit: z.boolean() }),
});

/** Versions of a course, newest first, and the open draft if there is one. */
export const getCourse = endpoint({
  name: 'curriculum.getCourse', method: 'GET', path: '/courses/:courseSlug', params: CourseParams,
  response: z.object({ slug: z.string(), title: z.string(), versions: z.array(z.object({ id: Id, number: z.int(), title: z.string(), source: z.enum(['files', 'editor']), publishedAt: z.iso.datetime(), publishedBy: z.string().nullable(), lessons: z.int() })), draft: Draft.nullable(), mayEdit: z.boolean() }),
});

/** Opens a draft of the newest version; a course that has one open answers with it. */
export const openDraft = endpoint({ name: 'curriculum.openDraft', method: 'POST', path: '/courses/:courseSlug/draft', params: CourseParams, response: Draft });
/** A new course with one empty lesson of a template. */
export const createCourse = endpoint({ name: 'curriculum.createCourse', method: 'POST', path: '/courses', body: z.object({ title: Line(120), aim: Line(300), audience: Line(160), hours: z.number().min(0.5).max(200) }), response: Draft });

const DraftParams = z.object({ draftId: Id });
const DraftLessonParams = DraftParams.extend({ lessonId: Id });
export const saveDraftHead = endpoint({ name: 'curriculum.saveDraftHead', method: 'PUT', path: '/drafts/:draftId', params: DraftParams, body: z.object({ revision: z.int(), title: Line(120), aim: Line(300), audience: Line(160), hours: z.number().min(0.5).max(200) }), response: Draft });

/** What the editor sends of a card: text is cleaned, not trusted. */
const CardInput = z.object({
  slug: Slug.nullable(), title: Line(120), text: Paragraph(2000), picture: z.object({ file: z.string().regex(/^[\w.-]{1,120}$/), alt: Line(200) }).nullable(),
  terms: z.array(z.object({ term: Line(60), meaning: Line(200) })).max(6), sources: z.array(z.object({ text: Line(200), checkedOn: Day })).max(6),
});
/** Saves one lesson of a draft. Somebody else's newer revision is not overwritten: 409 names who and when. */
export const saveDraftLesson = endpoint({
  name: 'curriculum.saveDraftLesson', method: 'PUT', path: '/drafts/:draftId/lessons/:lessonId', params: DraftLessonParams,
  body: z.object({ revision: z.int(), title: Line(120), aim: Line(200), minutes: z.int().min(1).max(30), note: Paragraph(1200).nullable(), sensitive: z.boolean(), check: z.string().max(80).nullable(), cards: z.array(CardInput).max(20) }), response: DraftLesson,
});
export const addDraftLesson = endpoint({ name: 'curriculum.addDraftLesson', method: 'POST', path: '/drafts/:draftId/lessons', params: DraftParams, body: z.object({ title: Line(120), template: z.enum(['five-cards', 'case', 'questions']) }), response: Draft });
/** Moves a lesson one place up or down. */
export const moveDraftLesson = endpoint({ name: 'curriculum.moveDraftLesson', method: 'POST', path: '/drafts/:draftId/lessons/:lessonId/move', params: DraftLessonParams, body: z.object({ by: z.union([z.literal(-1), z.literal(1)]) }), response: Draft });
export const removeDraftLesson = endpoint({ name: 'curriculum.removeDraftLesson', method: 'DELETE', path: '/drafts/:draftId/lessons/:lessonId', params: DraftLessonParams, response: Draft });
/** Brings back a lesson that was taken out. */
export const restoreDraftLesson = endpoint({ name: 'curriculum.restoreDraftLesson', method: 'POST', path: '/drafts/:draftId/lessons/:lessonId/restore', params: DraftLessonParams, response: Draft });
export const commentDraft = endpoint({ name: 'curriculum.commentDraft', method: 'POST', path: '/drafts/:draftId/comments', params: DraftParams, body: z.object({ lesson: Slug, card: Slug.nullable(), text: Line(500) }), response: Draft });
export const resolveComment = endpoint({ name: 'curriculum.resolveComment', method: 'POST', path: '/drafts/:draftId/comments/:commentId/resolve', params: DraftParams.extend({ commentId: Id }), response: Draft });
/** submit (an editor), return or publish (a second person), drop (an editor). */
export const moveDraft = endpoint({ name: 'curriculum.moveDraft', method: 'POST', path: '/drafts/:draftId/moves', params: DraftParams, body: z.object({ act: z.enum(['submit', 'take-back', 'return', 'publish', 'drop']), note: Line(500).nullable().default(null) }), response: Draft });

/** What differs between two versions, or between a version and the draft (`to` left out). */
export const Difference = z.object({
  lesson: z.string(), lessonTitle: z.string(), card: z.string().nullable(), change: z.enum(['added', 'removed', 'changed', 'moved']),
  /** Text in pieces, in order: kept, removed or added. */
  parts: z.array(z.object({ text: z.string(), kind: z.enum(['same', 'removed', 'added']) })),
}).meta({ id: 'Difference' });
export type Difference = z.infer<typeof Difference>;
export const compareVersions = endpoint({ name: 'curriculum.compareVersions', method: 'GET', path: '/courses/:courseSlug/differences', params: CourseParams, query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1).optional() }), response: listOf(Difference) });

// Pictures and recordings.

/** Where a media file of a course is served. */
export const mediaAddress = (courseSlug: string, file: string): string => `/noi-dung/${courseSlug}/media/${file}`;
export const getMedia = download({ name: 'curriculum.getMedia', method: 'GET', at: 'root', path: '/noi-dung/:courseSlug/media/:file', params: z.object({ courseSlug: Slug, file: z.string().regex(/^[\w.-]{1,120}$/) }), produces: 'application/octet-stream' });
/** Adds a picture. What it is is read from its bytes, not from its name. */
export const addPicture = endpoint({ name: 'curriculum.addPicture', method: 'POST', path: '/courses/:courseSlug/pictures', params: CourseParams, body: z.object({ contentBase64: z.string().max(6_000_000) }), response: z.object({ file: z.string(), bytes: z.int() }) });

export const Recording = z.object({ id: Id, subject: z.string(), language: AudioLanguage, state: z.enum(['waiting', 'approved', 'refused']), stale: z.boolean(), seconds: z.number(), bytes: z.int(), speaker: z.string(), recordedBy: z.string(), at: z.iso.datetime(), url: z.string() }).meta({ id: 'Recording' });
export type Recording = z.infer<typeof Recording>;
/** The translation table of a course: every card and language, with its newest recording. */
export const listRecordings = endpoint({
  name: 'curriculum.listRecordings', method: 'GET', path: '/courses/:courseSlug/recordings', params: CourseParams,
  response: z.object({ rows: z.array(z.object({ subject: z.string(), lesson: z.string(), lessonTitle: z.string(), title: z.string(), text: z.string() })), items: z.array(Recording), /** What the pictures of the course weigh, by file. */ pictureBytes: z.record(z.string(), z.int()), mayEdit: z.boolean(), mayDecide: z.boolean() }),
});
/** Adds a recording of a card. The speaker has agreed to its use; who and when is kept. */
export const addRecording = endpoint({
  name: 'curriculum.addRecording', method: 'POST', path: '/courses/:courseSlug/recordings', params: CourseParams,
  body: z.object({ subject: z.string().regex(/^[a-z0-9-]{1,80}\/[a-z0-9-]{1,80}$/), language: AudioLanguage, speaker: Line(120), consent: z.literal(true), seconds: z.number().min(0.2).max(120), contentBase64: z.string().max(7_000_000) }), response: Recording,
});
/** A second person lets a recording be heard, or refuses it. */
export const decideRecording = endpoint({ name: 'curriculum.decideRecording', method: 'POST', path: '/recordings/:recordingId/decision', params: z.object({ recordingId: Id }), body: z.object({ approve: z.boolean() }), response: Recording });
export const getRecording = download({ name: 'curriculum.getRecording', method: 'GET', path: '/recordings/:recordingId/audio', params: z.object({ recordingId: Id }), produces: 'application/octet-stream' });
