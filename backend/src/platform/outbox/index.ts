export { Outbox } from './outbox.ts';
export { OutboxRow } from './outbox.entity.ts';
