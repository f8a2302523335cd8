import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of the indicators that a programme reports. */
export class AddIndicatorSets1795748400000 implements MigrationInterface {
  name = 'AddIndicatorSets1795748400000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "indicator_set_version" ("id" uuid NOT NULL, "programme_id" uuid NOT NULL, "name" text NOT NULL, "indicators" jsonb NOT NULL, "valid" daterange NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, "made_by" uuid NOT NULL, CONSTRAINT "indicator_set_no_overlap" EXCLUDE USING gist (programme_id WITH =, valid WITH &&), CONSTRAINT "PK_700867c78e2193aae9fd9a1c3c8" PRIMARY KEY ("id"))`,
  `ALTER TABLE "indicator_set_version" ADD CONSTRAINT "FK_b966cd0824fbdf86edef3f647c0" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "indicator_set_version" ADD CONSTRAINT "FK_11ab042e2e0a956e7b70d3c5a9d" FOREIGN KEY ("made_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
