import type { ArgumentsHost } from '@nestjs/common';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { ProblemFilter } from './problem.filter.ts';

/** What a client hears of an error. */
function told(error: unknown): { status: number; code: string } {
  const said = { status: 0, code: '' };
  const reply = { status(n: number) { said.status = n; return this; }, header() { return this; }, send(body: { code: string }) { said.code = body.code; } };
  new ProblemFilter().catch(error, { switchToHttp: () => ({ getRequest: () => ({ url: '/x', id: '1' }), getResponse: () => reply }) } as unknown as ArgumentsHost);
  return said;
}
const ofDatabase = (code: string) => new QueryFailedError('select 1', [], Object.assign(new Error('x'), { code }));

test.each([
  ['PostgreSQL stops', ofDatabase('57P01')], ['a pooler has no server', ofDatabase('08P01')], ['this server only follows now', ofDatabase('25006')], ['no connection left', ofDatabase('53300')],
  ['the connection went in the middle of a transaction', new QueryRunnerAlreadyReleasedError()], ['the client is broken', new Error('Client has encountered a connection error and is not queryable')],
  ['nobody answers', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
])('%s: worth another try, 503', (_, error) => expect(told(error)).toEqual({ status: 503, code: 'server.busy' }));

test('what nobody foresaw is a failure that says nothing of the inside', () => expect(told(new TypeError('x is not a function'))).toEqual({ status: 500, code: 'server.failure' }));
