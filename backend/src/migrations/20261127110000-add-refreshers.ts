import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refreshers by calendar and campaign, and what people remember. */
export class AddRefreshers1795777200000 implements MigrationInterface {
  name = 'AddRefreshers1795777200000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "refresher" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "entry_id" uuid, "campaign_id" uuid, "course_slug" text NOT NULL, "title" text NOT NULL, "stage" text NOT NULL, "due_on" date NOT NULL, "early" boolean NOT NULL DEFAULT false, "question_version_ids" uuid array NOT NULL, "planned_at" TIMESTAMP WITH TIME ZONE NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE, "opened_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "refresher_round_once" UNIQUE ("campaign_id", "person_id", "stage"), CONSTRAINT "refresher_stage_once" UNIQUE ("entry_id", "stage"), CONSTRAINT "PK_3e771706760d7df1b040849faf0" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_32bae4de3088c9f55e94e2ae69" ON "refresher"  ("person_id")`,
  `CREATE INDEX "IDX_10d764aeb5d09389073fd961b3" ON "refresher"  ("due_on")`,
  `CREATE TABLE "refresher_call" ("id" uuid NOT NULL, "refresher_id" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "by_person_id" uuid NOT NULL, CONSTRAINT "PK_1e1c56efb2917212c314e4e6501" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_781cb8b3a8c082a56ac97a3c49" ON "refresher_call"  ("refresher_id")`,
  `CREATE TABLE "campaign" ("id" uuid NOT NULL, "title" text NOT NULL, "course_slug" text NOT NULL, "topics" text array NOT NULL, "unit_id" uuid NOT NULL, "certified_from" date, "certified_until" date, "questions" smallint NOT NULL, "rounds" smallint NOT NULL, "starts_on" date NOT NULL, "status" text NOT NULL, "made_by" uuid NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_0ce34d26e7f2eb316a3a592cdc4" PRIMARY KEY ("id"))`,
  `CREATE TABLE "campaign_move" ("id" uuid NOT NULL, "campaign_id" uuid NOT NULL, "to" text NOT NULL, "note" text, "by_person_id" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_22ef1a684cb5d28ef8991c48e09" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_23e048cddeedc4fc36daa40695" ON "campaign_move"  ("campaign_id")`,
  `CREATE TABLE "question_memory" ("person_id" uuid NOT NULL, "question_id" uuid NOT NULL, "stability" double precision NOT NULL, "difficulty" double precision NOT NULL, "last_day" date NOT NULL, "last_right" boolean NOT NULL, CONSTRAINT "PK_0a4b09bd56c5849af03f0a42545" PRIMARY KEY ("person_id", "question_id"))`,
  `CREATE INDEX "IDX_944905595fbe6823f307c8c5a0" ON "question_memory"  ("question_id")`,
  `CREATE TABLE "reviewed_attempt" ("attempt_id" uuid NOT NULL, CONSTRAINT "PK_b1bec485335a6b3459ae0753a5d" PRIMARY KEY ("attempt_id"))`,
  `ALTER TABLE "refresher" ADD CONSTRAINT "FK_32bae4de3088c9f55e94e2ae69a" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "refresher" ADD CONSTRAINT "FK_ebbb54472c5478675b028174a68" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "refresher" ADD CONSTRAINT "FK_cb5e67e6b6eb50b0c94c1509288" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "refresher_call" ADD CONSTRAINT "FK_781cb8b3a8c082a56ac97a3c498" FOREIGN KEY ("refresher_id") REFERENCES "refresher"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "campaign" ADD CONSTRAINT "FK_0bdeef39d3f5000e3cb9f798166" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "campaign_move" ADD CONSTRAINT "FK_23e048cddeedc4fc36daa406951" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "question_memory" ADD CONSTRAINT "FK_27beb2c6d56a4fa3779f92e92e0" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "question_memory" ADD CONSTRAINT "FK_944905595fbe6823f307c8c5a02" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "reviewed_attempt" ADD CONSTRAINT "FK_b1bec485335a6b3459ae0753a5d" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
