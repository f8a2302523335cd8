import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Squares of communes on the grid, and notes of calls about what is overdue. */
export class AddPlaces1795744800000 implements MigrationInterface {
  name = 'AddPlaces1795744800000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
    await q.query('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON overdue_call FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()');
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "unit_tile" ("unit_id" uuid NOT NULL, "row" smallint NOT NULL, "col" smallint NOT NULL, CONSTRAINT "PK_e8ce9d4b9630cd8d95dd6f0ff05" PRIMARY KEY ("unit_id"))`,
  `CREATE TABLE "overdue_call" ("id" uuid NOT NULL, "kind" text NOT NULL, "subject_id" uuid NOT NULL, "called" boolean NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "by_person_id" uuid NOT NULL, CONSTRAINT "PK_5fe0a72683e4a5a1fa881823e52" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_0782b58558631a43a591a51fcc" ON "overdue_call"  ("kind", "subject_id")`,
  `ALTER TABLE "overdue_call" ADD CONSTRAINT "FK_bf2ea6daec6b9dc4a81e2bb2d1a" FOREIGN KEY ("by_person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
