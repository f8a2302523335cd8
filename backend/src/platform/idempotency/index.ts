export { IdempotencyKey } from './idempotency.entity.ts';
export { IdempotencyInterceptor } from './idempotency.interceptor.ts';
