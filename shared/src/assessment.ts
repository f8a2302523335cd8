import { z } from 'zod';
import { AudioLanguage, Difference, Draft } from './curriculum.ts';
import { download, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';
import { CHOICE, questionKinds } from './rules/marking.ts';

export const FormKind = z.enum(['practice', 'lesson-check', 'pre', 'post', 'trainer', 'refresher']);
export type FormKind = z.infer<typeof FormKind>;

/** How the answers reached us; all end in the same record. */
export const Channel = z.enum(['own-phone', 'shared-phone', 'paper']);

export const QuestionKind = z.enum(questionKinds);

/** An answer in one line of text, as `rules/marking.ts` describes it; `unknown` for "I don't know yet". */
export const Choice = z.string().max(60).regex(CHOICE);

const QuestionPicture = z.object({ file: z.string(), alt: z.string() });

/** One given answer. Clients make the id, so that sending it twice is harmless; the highest revision of a question counts. */
export const GivenAnswer = z.object({ id: Id, questionVersionId: Id, choice: Choice, revision: z.int().min(1).max(1000), answeredAt: z.iso.datetime() }).meta({ id: 'GivenAnswer' });
export type GivenAnswer = z.infer<typeof GivenAnswer>;

export const AskedQuestion = z.object({
  questionVersionId: Id, kind: QuestionKind, stem: z.string(), picture: QuestionPicture.nullable(), topic: z.string(), lessonSlug: z.string().nullable(), cardSlug: z.string().nullable(),
  /** `right`, `reason` and `answer` only where feedback is given at once (practice, lesson check); graded tests carry no key. */
  options: z.array(z.object({ id: z.string(), text: z.string(), picture: QuestionPicture.nullable(), right: z.boolean().optional(), reason: z.string().optional() })),
  /** Right-hand sides of a matching question, shuffled on their own. */
  matches: z.array(z.object({ id: z.string(), text: z.string() })),
  answer: z.string().optional(),
}).meta({ id: 'AskedQuestion' });
export type AskedQuestion = z.infer<typeof AskedQuestion>;

export const Attempt = z.object({
  id: Id, formId: Id, courseSlug: z.string(), kind: FormKind, title: z.string(), startedAt: z.iso.datetime(), allowedSeconds: z.int().nullable(), submittedAt: z.iso.datetime().nullable(), questions: z.array(AskedQuestion), saved: z.array(z.object({ questionVersionId: Id, choice: Choice })),
}).meta({ id: 'Attempt' });
export type Attempt = z.infer<typeof Attempt>;

export const AttemptResult = z.object({
  id: Id, kind: FormKind, title: z.string(), submittedAt: z.iso.datetime(), answered: z.int(), total: z.int(),
  /** `null` after a pre-test, which reveals nothing. */
  right: z.int().nullable(), points: z.number().nullable(), score: z.number().nullable(), passed: z.boolean().nullable(), needed: z.int().nullable(),
  /** Whether this attempt is the one that counts for the class. */
  counts: z.boolean(), triesLeft: z.int().nullable(),
  /** At most three, each with the card that explains it. */
  review: z.array(z.object({ stem: z.string(), lessonId: Id.nullable(), cardSlug: z.string().nullable() })),
}).meta({ id: 'AttemptResult' });
export type AttemptResult = z.infer<typeof AttemptResult>;

/** A test that waits for the asker. */
export const OpenSitting = z.object({ sittingId: Id, formId: Id, kind: FormKind, title: z.string(), questions: z.int(), minutes: z.int().nullable(), attemptId: Id.nullable(), done: z.boolean() }).meta({ id: 'OpenSitting' });

export const listOpenSittings = endpoint({ name: 'assessment.listOpenSittings', method: 'GET', path: '/sittings', response: listOf(OpenSitting) });

/** Practice forms that anybody signed in may take. */
export const listPractice = endpoint({ name: 'assessment.listPractice', method: 'GET', path: '/practice', response: listOf(z.object({ formId: Id, title: z.string(), questions: z.int(), kind: FormKind, courseSlug: z.string(), lessonSlug: z.string().nullable() })) });

/** A form as phones keep it, so that it can be asked without network: with keys and reasons. Only forms with feedback at once. */
export const KeptForm = z.object({ formId: Id, courseSlug: z.string(), kind: FormKind, title: z.string(), questions: z.array(AskedQuestion) }).meta({ id: 'KeptForm' });
export type KeptForm = z.infer<typeof KeptForm>;
export const getPractice = endpoint({ name: 'assessment.getPractice', method: 'GET', path: '/practice/:formId', params: z.object({ formId: Id }), response: KeptForm });

/** Starts an attempt, or returns the one that was started with this id: pinned to its form for good. `begunAt`: when it was begun on a phone without network; such a one is kept even where another has been handed in or the test is over, and then it does not count. */
export const startAttempt = endpoint({
  name: 'assessment.startAttempt', method: 'POST', path: '/attempts',
  body: z.object({ id: Id, formId: Id, sittingId: Id.nullable().default(null), channel: Channel.default('own-phone'), language: AudioLanguage.default('vi'), begunAt: z.iso.datetime().optional() }), response: Attempt,
});

export const getAttempt = endpoint({ name: 'assessment.getAttempt', method: 'GET', path: '/attempts/:attemptId', params: z.object({ attemptId: Id }), response: Attempt });

const Answers = z.array(GivenAnswer).max(200);

/** Keeps answers on the server while the test goes on. */
export const saveAnswers = endpoint({ name: 'assessment.saveAnswers', method: 'PUT', path: '/attempts/:attemptId/answers', params: z.object({ attemptId: Id }), body: z.object({ answers: Answers.min(1) }), response: z.object({ saved: z.int() }) });

/** Hands in. Answers that were not sent before may come along. After this nothing changes any more. */
export const submitAttempt = endpoint({ name: 'assessment.submitAttempt', method: 'POST', path: '/attempts/:attemptId/submit', params: z.object({ attemptId: Id }), body: z.object({ answers: Answers }), response: AttemptResult });

export const getResult = endpoint({ name: 'assessment.getResult', method: 'GET', path: '/attempts/:attemptId/result', params: z.object({ attemptId: Id }), response: AttemptResult });

// The bank: questions with what answers have shown of them, and their editing by two people.

/** How much a figure can be trusted: under 30 answers no verdict, up to 99 provisional, from 100 firm. */
export const Strength = z.enum(['none', 'provisional', 'firm']);
export const QuestionFlag = z.enum(['key-may-be-wrong', 'weak', 'class-changes-nothing', 'too-easy-before', 'everybody-knows', 'too-hard-after', 'dead-option']);
export type QuestionFlag = z.infer<typeof QuestionFlag>;
/** Figures of one question version over attempts that count. Shares are 0–1, `null` where nobody answered. */
export const QuestionFigures = z.object({
  n: z.int(), nPre: z.int(), nPost: z.int(), before: z.number().nullable(), after: z.number().nullable(), pairs: z.int(), gain: z.number().nullable(),
  /** Corrected item-total correlation in the post-test, with its 95 % interval. */
  discrimination: z.number().nullable(), discriminationFrom: z.number().nullable(), discriminationTo: z.number().nullable(), unknown: z.number().nullable(), strength: Strength, flags: z.array(QuestionFlag),
}).meta({ id: 'QuestionFigures' });
export type QuestionFigures = z.infer<typeof QuestionFigures>;

export const QuestionContent = z.object({
  kind: QuestionKind, topic: Paragraph(80), anchor: z.boolean(), lesson: z.string().max(80).nullable(), card: z.string().max(80).nullable(), difficulty: z.number().min(0).max(1), stem: Paragraph(400), picture: QuestionPicture.nullable(),
  options: z.array(z.object({ text: Paragraph(200), right: z.boolean().default(false), reason: Paragraph(400), match: Paragraph(200).nullable().default(null), picture: QuestionPicture.nullable().default(null) })).min(2).max(6),
}).meta({ id: 'QuestionContent' });
export type QuestionContent = z.infer<typeof QuestionContent>;

const CourseParams = z.object({ courseSlug: z.string().max(80) });
export const BankRow = z.object({
  questionId: Id, versionId: Id, slug: z.string(), number: z.int(), kind: QuestionKind, topic: z.string(), stem: z.string(), anchor: z.boolean(), lesson: z.string().nullable(), usedIn: z.array(z.string()), figures: QuestionFigures, draft: z.enum(['draft', 'review', 'returned']).nullable(),
}).meta({ id: 'BankRow' });
export type BankRow = z.infer<typeof BankRow>;
export const QuestionDraftRow = z.object({ id: Id, questionId: Id.nullable(), slug: z.string(), stem: z.string(), kind: QuestionKind, status: z.enum(['draft', 'review', 'returned']), origin: z.enum(['editor', 'import']), editedBy: z.string().nullable(), faults: z.int() }).meta({ id: 'QuestionDraftRow' });
export const listBank = endpoint({
  name: 'assessment.listBank', method: 'GET', path: '/courses/:courseSlug/questions', params: CourseParams, query: z.object({ cohort: z.string().max(120).optional(), language: AudioLanguage.optional(), channel: Channel.optional() }),
  response: z.object({ items: z.array(BankRow), drafts: z.array(QuestionDraftRow), cohorts: z.array(z.string()), languages: z.array(z.string()), mayEdit: z.boolean() }),
});

/** Who chose an option: of all, of the upper and of the lower third of those who sat the test. */
export const OptionFigures = z.object({ choice: z.string(), text: z.string(), right: z.boolean(), reason: z.string(), n: z.int(), share: z.number().nullable(), upper: z.number().nullable(), lower: z.number().nullable(), dead: z.boolean() });
export const QuestionVersionView = z.object({ versionId: Id, number: z.int(), content: QuestionContent, figures: QuestionFigures, options: z.array(OptionFigures) }).meta({ id: 'QuestionVersionView' });
export const QuestionDraftView = z.object({
  id: Id, courseSlug: z.string(), questionId: Id.nullable(), slug: z.string(), content: QuestionContent, status: z.enum(['draft', 'review', 'returned', 'published', 'dropped']), origin: z.enum(['editor', 'import']), revision: z.int(), note: z.string().nullable(), editedBy: z.string().nullable(),
  faults: z.array(z.object({ code: z.string(), option: z.int().nullable(), message: z.string() })), mayEdit: z.boolean(), mayDecide: z.boolean(), breaksComparison: z.boolean(),
}).meta({ id: 'QuestionDraftView' });
export type QuestionDraftView = z.infer<typeof QuestionDraftView>;
/** One question: every version with its figures, newest first, then by tier and by language. */
export const getBankQuestion = endpoint({
  name: 'assessment.getBankQuestion', method: 'GET', path: '/questions/:questionId', params: z.object({ questionId: Id }),
  response: z.object({ questionId: Id, courseSlug: z.string(), slug: z.string(), anchor: z.boolean(), versions: z.array(QuestionVersionView), byCohort: z.array(z.object({ name: z.string(), figures: QuestionFigures })), byLanguage: z.array(z.object({ name: z.string(), figures: QuestionFigures })), draft: QuestionDraftView.nullable(), mayEdit: z.boolean() }),
});
export type BankQuestion = z.infer<(typeof getBankQuestion)['response']>;

/** Begins a new question, or the next version of one. */
export const openQuestionDraft = endpoint({ name: 'assessment.openQuestionDraft', method: 'POST', path: '/courses/:courseSlug/question-drafts', params: CourseParams, body: z.object({ questionId: Id.nullable().default(null), kind: QuestionKind.default('single') }), response: QuestionDraftView });
const QuestionDraftParams = z.object({ draftId: Id });
export const getQuestionDraft = endpoint({ name: 'assessment.getQuestionDraft', method: 'GET', path: '/question-drafts/:draftId', params: QuestionDraftParams, response: QuestionDraftView });
export const saveQuestionDraft = endpoint({ name: 'assessment.saveQuestionDraft', method: 'PUT', path: '/question-drafts/:draftId', params: QuestionDraftParams, body: z.object({ revision: z.int(), content: QuestionContent }), response: QuestionDraftView });
export const moveQuestionDraft = endpoint({ name: 'assessment.moveQuestionDraft', method: 'POST', path: '/question-drafts/:draftId/moves', params: QuestionDraftParams, body: z.object({ act: z.enum(['submit', 'take-back', 'return', 'publish', 'drop']), note: Line(500).nullable().default(null) }), response: QuestionDraftView });

// Exchange with other systems, and of whole courses.

export const QuestionFormat = z.enum(['moodle-xml', 'gift', 'aiken']);
export type QuestionFormat = z.infer<typeof QuestionFormat>;
export const ImportReport = z.object({
  read: z.int(), imported: z.int(), unchanged: z.int(), notSupported: z.array(z.object({ name: z.string(), reason: z.string() })), errors: z.array(z.object({ line: z.int().nullable(), message: z.string() })),
  questions: z.array(z.object({ slug: z.string(), kind: QuestionKind, stem: z.string(), category: z.string().nullable(), faults: z.int(), known: z.boolean() })),
}).meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;
const FileBody = z.object({ format: QuestionFormat, contentBase64: z.string().max(7_500_000) });
/** Reads a question file and says what would come in; nothing is written. */
export const previewQuestions = endpoint({ name: 'assessment.previewQuestions', method: 'POST', path: '/courses/:courseSlug/question-imports/preview', params: CourseParams, body: FileBody, response: ImportReport });
/** Takes a file's questions in as drafts: all of them or, when the file is broken, none. */
export const importQuestions = endpoint({ name: 'assessment.importQuestions', method: 'POST', path: '/courses/:courseSlug/question-imports', params: CourseParams, body: FileBody, response: ImportReport });
export const exportGift = download({ name: 'assessment.exportGift', method: 'GET', path: '/courses/:courseSlug/questions.gift', params: CourseParams, produces: 'text/plain; charset=utf-8' });
export const exportMoodleXml = download({ name: 'assessment.exportMoodleXml', method: 'GET', path: '/courses/:courseSlug/questions.xml', params: CourseParams, produces: 'application/xml; charset=utf-8' });

/** The course as a zip of the same files that stand in `content/`. */
export const exportCourse = download({ name: 'assessment.exportCourse', method: 'GET', path: '/courses/:courseSlug/export.zip', params: CourseParams, produces: 'application/zip' });
const ZipBody = z.object({ contentBase64: z.string().max(7_500_000) });
/** Reads such a zip and says what would change; nothing is written. */
export const previewCourse = endpoint({
  name: 'assessment.previewCourse', method: 'POST', path: '/courses/:courseSlug/import/preview', params: CourseParams, body: ZipBody,
  response: z.object({ faults: z.array(z.object({ file: z.string(), line: z.int(), message: z.string() })), differences: z.array(Difference), lessons: z.int(), pictures: z.int(), questions: z.int(), newQuestions: z.int() }),
});
/** Puts a zip's lessons into the draft of the course and its changed questions into drafts, all or nothing. */
export const importCourse = endpoint({ name: 'assessment.importCourse', method: 'POST', path: '/courses/:courseSlug/import', params: CourseParams, body: ZipBody, response: z.object({ draft: Draft, questionDrafts: z.int() }) });
