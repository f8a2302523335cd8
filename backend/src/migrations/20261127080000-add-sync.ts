import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What phones did without network, and when they were last heard of. */
export class AddSync1795766400000 implements MigrationInterface {
  name = 'AddSync1795766400000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "sync_device" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "heard_at" TIMESTAMP WITH TIME ZONE NOT NULL, "pending" integer NOT NULL, "skew_ms" integer NOT NULL, CONSTRAINT "PK_a183b58f70bbe09c3a8965b0532" PRIMARY KEY ("id", "person_id"))`,
  `CREATE TABLE "sync_operation" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "device_id" uuid NOT NULL, "seq" integer NOT NULL, "endpoint" text NOT NULL, "device_at" TIMESTAMP WITH TIME ZONE NOT NULL, "corrected_at" TIMESTAMP WITH TIME ZONE NOT NULL, "heard_at" TIMESTAMP WITH TIME ZONE NOT NULL, "outcome" text NOT NULL, "code" text, "output" jsonb, CONSTRAINT "PK_70977fcdfde8ad41944be42b81d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_1dd41b6431e3084abc11eb2b81" ON "sync_operation"  ("person_id")`,
  `CREATE INDEX "IDX_b379cdb6f78b0e552f702844a7" ON "sync_operation"  ("device_id")`,
  `ALTER TABLE "sync_device" ADD CONSTRAINT "FK_0901f1769da625d8928ffbc0606" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "sync_operation" ADD CONSTRAINT "FK_1dd41b6431e3084abc11eb2b814" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
