import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Breaches of personal data and what became of them. */
export class AddIncidents1795809600000 implements MigrationInterface {
  name = 'AddIncidents1795809600000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
    for (const table of ['data_incident', 'data_incident_step']) await q.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "data_incident" ("id" uuid NOT NULL, "found_at" TIMESTAMP WITH TIME ZONE NOT NULL, "what" text NOT NULL, "data" text array NOT NULL, "people" integer, "noted_by" uuid NOT NULL, "noted_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_26ea885adb51596d5d4ce570d91" PRIMARY KEY ("id"))`,
  `CREATE TABLE "data_incident_step" ("id" uuid NOT NULL, "incident_id" uuid NOT NULL, "kind" text NOT NULL, "words" text NOT NULL, "by" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_d8862cb51442c6dd69f3b007841" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_74f7ec038d3fb7ee657f1d0685" ON "data_incident_step"  ("incident_id") `,
  `ALTER TABLE "data_incident" ADD CONSTRAINT "FK_666cf272b457863841bd5117000" FOREIGN KEY ("noted_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "data_incident_step" ADD CONSTRAINT "FK_74f7ec038d3fb7ee657f1d0685a" FOREIGN KEY ("incident_id") REFERENCES "data_incident"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "data_incident_step" ADD CONSTRAINT "FK_74281a5a17a6182006befc87232" FOREIGN KEY ("by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
