import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people ask for of their own data, and agreements that were withdrawn. */
export class AddPrivacy1795802400000 implements MigrationInterface {
  name = 'AddPrivacy1795802400000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
    await q.query('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consent_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()');
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "privacy_request" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "kind" text NOT NULL, "note" text NOT NULL, "state" text NOT NULL, "asked_on" date NOT NULL, "answer_by" date NOT NULL, "done_by" date NOT NULL, "answered_on" date, "answer" text, "prepared_by" uuid, "closed_by" uuid, "closed_on" date, CONSTRAINT "PK_0f0855b007a744a88b91ef3b7b8" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_e4f4592afd7071aeb6c187b85b" ON "privacy_request"  ("person_id") `,
  `CREATE TABLE "consent_end" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "purpose" text NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_4e3037aab118c0f79e484714146" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_a47dd582087f7da9becff43e94" ON "consent_end"  ("person_id") `,
  `ALTER TABLE "person" ADD "erased_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "privacy_request" ADD CONSTRAINT "FK_e4f4592afd7071aeb6c187b85b7" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "consent_end" ADD CONSTRAINT "FK_a47dd582087f7da9becff43e940" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
