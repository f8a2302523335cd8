/**
 * Every problem that the API can answer with: code → HTTP status. The sentence that people read is in
 * `frontend/src/locales/<language>/problems.json` under the same code.
 */
export const problems = {
  'request.malformed': 400,
  'request.too-large': 413,
  'request.unknown-path': 404,
  'request.foreign-origin': 403,
  'request.idempotency-mismatch': 409,
  'request.conflict': 409,
  'server.failure': 500,
  'server.busy': 503,
  'access.sign-in-needed': 401,
  'access.wrong-secret': 401,
  'access.too-many-tries': 429,
  'access.not-allowed': 403,
  'access.not-found': 404,
  'access.slip-invalid': 401,
  'access.slip-used': 409,
  'access.slip-expired': 409,
  'access.weak-pin': 409,
  'access.weak-password': 409,
  'access.password-needed': 409,
  'people.not-found': 404,
  'people.changed-meanwhile': 409,
  'people.phone-invalid': 409,
  'organisation.unit-not-found': 404,
  'organisation.unit-not-valid-then': 409,
  'curriculum.not-found': 404,
  'curriculum.changed-meanwhile': 409,
  'curriculum.wrong-state': 409,
  'curriculum.same-person': 409,
  'curriculum.blocked': 409,
  'curriculum.slug-taken': 409,
  'curriculum.picture-refused': 409,
  'curriculum.recording-too-large': 413,
  'curriculum.recording-refused': 409,
  'curriculum.no-kit': 404,
  'curriculum.archive-refused': 409,
  'assessment.form-not-found': 404,
  'assessment.attempt-not-found': 404,
  'assessment.not-open': 409,
  'assessment.attempts-exhausted': 409,
  'assessment.already-submitted': 409,
  'assessment.foreign-question': 409,
  'assessment.unknown-option': 409,
  'assessment.question-not-found': 404,
  'assessment.question-incomplete': 409,
  'assessment.question-waiting': 409,
  'assessment.same-person': 409,
  'assessment.wrong-state': 409,
  'assessment.file-refused': 409,
  'assessment.file-too-large': 413,
  'credentials.not-found': 404,
  'credentials.not-in-force': 409,
  'training.programme-not-found': 404,
  'training.class-not-found': 404,
  'training.wrong-state': 409,
  'training.own-class': 409,
  'training.trainer-not-qualified': 409,
  'training.session-not-found': 404,
  'training.attendance-closed': 409,
  'training.reason-needed': 409,
  'training.attendance-open': 409,
  'training.not-enrolled': 404,
  'training.report-incomplete': 409,
  'training.roster-unreadable': 409,
  'training.roster-too-large': 413,
  'training.roster-protected': 409,
  'training.roster-old-format': 409,
  'training.roster-not-excel': 409,
  'training.roster-empty': 409,
  'training.roster-no-header': 409,
  'training.roster-rows-open': 409,
  'training.roster-already-applied': 409,
  'training.roster-not-found': 404,
  'training.roster-undo-late': 409,
  'training.roster-undo-used': 409,
  'awarding.nothing-eligible': 409,
  'awarding.same-person': 409,
  'awarding.wrong-state': 409,
  'awarding.batch-not-found': 404,
  'awarding.future-date': 409,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problems;

/** RFC 9457 body. `errors` names each bad field by JSON pointer. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  instance?: string;
  requestId?: string;
  params?: Record<string, string | number>;
  errors?: { pointer: string; code: string; message?: string }[];
}
