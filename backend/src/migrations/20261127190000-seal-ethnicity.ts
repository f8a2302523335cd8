import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ethnic groups are sealed. Those that were written openly wait in a table of their own until the program, which has the key, has sealed them. */
export class SealEthnicity1795806000000 implements MigrationInterface {
  name = 'SealEthnicity1795806000000';

  async up(q: QueryRunner): Promise<void> {
    const [{ n }] = (await q.query('SELECT count(*)::int AS n FROM person_ethnicity')) as [{ n: number }];
    if (n > 0) await q.query('CREATE TABLE open_ethnicity AS SELECT person_id, ethnicity, consented_at FROM person_ethnicity');
    await q.query('DELETE FROM person_ethnicity');
    await q.query('ALTER TABLE "person_ethnicity" DROP COLUMN "ethnicity"');
    await q.query('ALTER TABLE "person_ethnicity" ADD "sealed" bytea NOT NULL');
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}
