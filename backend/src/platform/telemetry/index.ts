export { Telemetry } from './telemetry.ts';
export { inSpan, requestSpan, traced, traceId } from './spans.ts';
