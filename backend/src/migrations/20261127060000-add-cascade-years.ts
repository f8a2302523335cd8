import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sums of the cascade by year, beside those by month and day; filled from those by month. */
export class AddCascadeYears1795759200000 implements MigrationInterface {
  name = 'AddCascadeYears1795759200000';

  async up(q: QueryRunner): Promise<void> {
    await q.query('CREATE TABLE cascade_year (LIKE cascade_month INCLUDING DEFAULTS, CONSTRAINT "PK_cascade_year" PRIMARY KEY (of_id, unit_id, day, valid))');
    const columns: { name: string }[] = await q.query("SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'cascade_month' AND data_type = 'double precision'");
    const amounts = columns.map((c) => c.name);
    await q.query(`INSERT INTO cascade_year (of_id, unit_id, day, valid, ${amounts.join(', ')}) SELECT of_id, unit_id, date_trunc('year', day)::date, valid, ${amounts.map((a) => `sum(${a})`).join(', ')} FROM cascade_month GROUP BY 1, 2, 3, 4`);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}
