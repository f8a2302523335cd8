import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The second step of signing in. */
export class AddSecondStep1795798800000 implements MigrationInterface {
  name = 'AddSecondStep1795798800000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "second_step" ("person_id" uuid NOT NULL, "sealed" bytea NOT NULL, "confirmed_at" TIMESTAMP WITH TIME ZONE, "last_step" bigint NOT NULL DEFAULT '0', CONSTRAINT "PK_17548949d2233b38cca80a76332" PRIMARY KEY ("person_id"))`,
  `CREATE TABLE "recovery_code" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "hash" bytea NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_b7f1e23329e93a80e25fd281922" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_672aa92f03e527dd445eb7c40a" ON "recovery_code"  ("person_id") `,
  `ALTER TABLE "second_step" ADD CONSTRAINT "FK_17548949d2233b38cca80a76332" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "recovery_code" ADD CONSTRAINT "FK_672aa92f03e527dd445eb7c40a0" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
