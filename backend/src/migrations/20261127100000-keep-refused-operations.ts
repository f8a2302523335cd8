import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a phone did and the server could not take is kept as it came. */
export class KeepRefusedOperations1795773600000 implements MigrationInterface {
  name = 'KeepRefusedOperations1795773600000';

  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE "sync_operation" ADD "input" jsonb');
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}
