import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type ProblemBody, type ProblemCode, problems } from '@lantoa/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Which rule a database constraint guards: a race that a check before it missed still answers with the right code. */
const CONSTRAINTS: Record<string, ProblemCode> = {
  attempt_number_once: 'assessment.attempts-exhausted',
  attempt_pkey: 'request.conflict',
  enrolment_once: 'request.conflict',
  posting_no_overlap: 'request.conflict',
};
const BY_STATUS: Record<number, ProblemCode> = { 400: 'request.malformed', 404: 'request.unknown-path', 413: 'request.too-large', 415: 'request.malformed', 429: 'access.too-many-tries' };
/** PostgreSQL is starting, stopping, handing over to another server (25006: this one only follows now), or has no connection left: worth another try, so not a failure of ours. */
const BUSY = /^(57P0[1-3]|53300|08|25006|ECONNREFUSED|ECONNRESET)/;
/** The same, said by what stands between: the connection went in the middle of a transaction, of which nothing is kept. */
const GONE = /timeout exceeded when trying to connect|Connection terminated|Query runner already released|is not queryable/;

/** Turns whatever was thrown into RFC 9457; what is not foreseen is logged in full and says nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const known = error instanceof Problem ? error : null;
    const code = known?.code ?? codeOf(error);
    const status = problems[code];
    if (status === 500) this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const body: ProblemBody = {
      type: `/api/docs#${code}`, title: code, status, code, instance: request.url.split('?')[0], requestId: String(request.id),
      ...(known?.params && { params: known.params }), ...(known?.errors && { errors: known.errors }),
    };
    void reply.status(status).header('content-type', 'application/problem+json').send(body);
  }
}

function codeOf(error: unknown): ProblemCode {
  const db = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  const code = db?.code ?? (error as { code?: string }).code ?? '';
  if (db?.constraint && CONSTRAINTS[db.constraint]) return CONSTRAINTS[db.constraint] as ProblemCode;
  if (code === '23505' || code === '23P01' || code === '40001' || code === '40P01') return 'request.conflict';
  if (BUSY.test(code) || GONE.test((error as Error)?.message ?? '')) return 'server.busy';
  if (code === '53100' || code === 'ENOSPC') return 'server.disk-full';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'request.too-large';
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  return (status !== undefined && BY_STATUS[status]) || (status !== undefined && status >= 400 && status < 500 ? 'request.malformed' : 'server.failure');
}
