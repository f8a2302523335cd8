import { HttpException } from '@nestjs/common';
import { type ProblemBody, type ProblemCode, problems } from '@lantoa/shared/problems';

/** A refusal with a stable code; the filter writes it as RFC 9457 `application/problem+json`. */
export class Problem extends HttpException {
  readonly code: ProblemCode;
  readonly params: Record<string, string | number> | undefined;
  readonly errors: ProblemBody['errors'];
  constructor(code: ProblemCode, params?: Record<string, string | number>, errors?: ProblemBody['errors']) {
    super(code, problems[code]);
    this.code = code;
    this.params = params;
    this.errors = errors;
  }
}

/** `throw problem('assessment.attempts-exhausted', { max: 3 })`. */
export const problem = (code: ProblemCode, params?: Record<string, string | number>, errors?: ProblemBody['errors']): Problem => new Problem(code, params, errors);

/** The value, or a `Problem` when there is none. */
export function orProblem<T>(value: T | null | undefined, code: ProblemCode): T {
  if (value === null || value === undefined) throw problem(code);
  return value;
}
