import { type Context, context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ClientBase } from 'pg';

// Without a collector all of this does nothing: the API hands out spans that nobody keeps. Names are those of OpenTelemetry's semantic conventions.
const tracer = trace.getTracer('lantoa');

/** The span of a request, a child of the caller's if it sent `traceparent`. `route` and `status` are known at its end; the address is not told: it carries tokens. */
export function requestSpan(method: string, headers: Record<string, unknown>): { within: Context; end: (route: string, status: number) => void } {
  const caller = propagation.extract(ROOT_CONTEXT, headers);
  const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, caller);
  return {
    within: trace.setSpan(caller, span),
    end(route, status) {
      span.updateName(`${method} ${route}`).setAttributes({ 'http.route': route, 'http.response.status_code': status });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** Does a piece of work in a span of its own. */
export function inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, (span) => work().then((value) => { span.end(); return value; }, (e: unknown) => { fail(span, e); throw e; }));
}

/** Each statement that a connection runs on behalf of a span becomes one below it: its text, never its values. What polls in the background has no span and makes none. */
export function traced(client: ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string }).text;
    if (!text || typeof args.at(-1) === 'function' || !trace.getActiveSpan()?.isRecording()) return query(...args);
    const span = tracer.startSpan(text.trimStart().split(/\s/, 1)[0]?.toLowerCase() ?? 'query', { kind: SpanKind.CLIENT, attributes: { 'db.system.name': 'postgresql', 'db.query.text': text } });
    const answer = query(...args) as Promise<unknown>;
    answer.then(() => span.end(), (e: unknown) => fail(span, e));
    return answer;
  }) as typeof client.query;
}

function fail(span: Span, e: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: (e as { code?: string }).code ?? (e as Error).name });
  span.end();
}

/** The trace that the work at hand belongs to, for lines of the log; nothing where nobody collects traces. */
export const traceId = (): string | undefined => {
  const span = trace.getSpan(context.active());
  return span?.isRecording() ? span.spanContext().traceId : undefined;
};
