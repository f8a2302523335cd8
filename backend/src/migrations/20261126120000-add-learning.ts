import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kinds of questions and partial credit; drafts of courses and questions; recordings and pictures; what was loaded from files. */
export class AddLearning1795689600000 implements MigrationInterface {
  name = 'AddLearning1795689600000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
    // Marks that exist were right or wrong. The table refuses changes, so its guard stands aside for this one.
    await q.query('ALTER TABLE mark ADD credit double precision');
    await q.query('ALTER TABLE mark DISABLE TRIGGER append_only');
    await q.query('UPDATE mark SET credit = CASE WHEN "right" THEN 1 ELSE 0 END');
    await q.query('ALTER TABLE mark ENABLE TRIGGER append_only');
    await q.query('ALTER TABLE mark ALTER credit SET NOT NULL');
    await q.query('UPDATE attempt SET points = right_count WHERE submitted_at IS NOT NULL');
    await q.query('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draft_author FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()');
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "course_picture" ("course_id" uuid NOT NULL, "file" text NOT NULL, "type" text NOT NULL, "bytes" integer NOT NULL, "sha256" text NOT NULL, CONSTRAINT "PK_3459bf22fc0c531f2da29260181" PRIMARY KEY ("course_id", "file"))`,
  `CREATE TABLE "content_load" ("name" text NOT NULL, "fingerprint" text NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_5fee1b358712072a44474ebd1ac" PRIMARY KEY ("name"))`,
  `CREATE TABLE "course_draft" ("id" uuid NOT NULL, "course_id" uuid NOT NULL, "base_number" integer NOT NULL, "status" text NOT NULL, "revision" integer NOT NULL, "position" smallint NOT NULL, "title" text NOT NULL, "aim" text NOT NULL, "audience" text NOT NULL, "hours" numeric NOT NULL, "kit" jsonb NOT NULL, "created_by" uuid NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, "submitted_by" uuid, "decided_by" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_13351547581c35aca66dfd02b63" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "course_draft_open_once" ON "course_draft" ("course_id") WHERE status in ('draft', 'review', 'returned')`,
  `CREATE TABLE "lesson_draft" ("id" uuid NOT NULL, "draft_id" uuid NOT NULL, "position" smallint NOT NULL, "revision" integer NOT NULL, "content" jsonb NOT NULL, "edited_by" uuid NOT NULL, "edited_at" TIMESTAMP WITH TIME ZONE NOT NULL, "removed_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_72cfcb070f322c7be7d60b35401" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_f471e344f6910a41932c0e0075" ON "lesson_draft" ("draft_id")`,
  `CREATE TABLE "draft_author" ("draft_id" uuid NOT NULL, "person_id" uuid NOT NULL, CONSTRAINT "PK_230c79b40459337971f0a38a754" PRIMARY KEY ("draft_id", "person_id"))`,
  `CREATE TABLE "draft_comment" ("id" uuid NOT NULL, "draft_id" uuid NOT NULL, "lesson" text NOT NULL, "card" text, "text" text NOT NULL, "by" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "resolved_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_0f0f0a50906028687677d5a7f49" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_d73a505efc37e633dfea4df7d5" ON "draft_comment" ("draft_id")`,
  `CREATE TABLE "recording" ("id" uuid NOT NULL, "course_id" uuid NOT NULL, "subject" text NOT NULL, "language" text NOT NULL, "state" text NOT NULL, "text_hash" text NOT NULL, "type" text NOT NULL, "bytes" integer NOT NULL, "seconds" real NOT NULL, "speaker" text NOT NULL, "consented_at" TIMESTAMP WITH TIME ZONE NOT NULL, "recorded_by" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "decided_by" uuid, CONSTRAINT "PK_2f037d57bd6d7f1e4d68d72e6f4" PRIMARY KEY ("id"))`,
  `CREATE INDEX "recording_of_subject" ON "recording" ("course_id", "subject", "language")`,
  `CREATE TABLE "question_draft" ("id" uuid NOT NULL, "course_slug" text NOT NULL, "question_id" uuid, "content" jsonb NOT NULL, "content_hash" text NOT NULL, "status" text NOT NULL, "origin" text NOT NULL, "revision" integer NOT NULL, "note" text, "edited_by" uuid, "edited_at" TIMESTAMP WITH TIME ZONE NOT NULL, "decided_by" uuid, CONSTRAINT "PK_6083b378ef665135f48ccccee19" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "question_draft_content_once" ON "question_draft" ("course_slug", "content_hash") WHERE status in ('draft', 'review', 'returned')`,
  `CREATE UNIQUE INDEX "question_draft_open_once" ON "question_draft" ("question_id") WHERE status in ('draft', 'review', 'returned')`,
  `ALTER TABLE "course_version" ADD "position" smallint NOT NULL DEFAULT '99'`,
  `ALTER TABLE "course_version" ADD "audience" text NOT NULL DEFAULT ''`,
  `ALTER TABLE "course_version" ADD "kit" jsonb NOT NULL DEFAULT '{"plans":[],"slides":[],"handouts":[],"rolePlays":[]}'`,
  `ALTER TABLE "course_version" ALTER COLUMN "kit" DROP DEFAULT`,
  `ALTER TABLE "course_version" ADD "source" text NOT NULL DEFAULT 'files'`,
  `ALTER TABLE "course_version" ADD "published_by" uuid`,
  `ALTER TABLE "lesson" ADD "sensitive" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "lesson" ADD "check_slug" text`,
  `ALTER TABLE "sitting" ADD "cohort" text`,
  `ALTER TABLE "sitting" ADD "time_limit_minutes" smallint`,
  `ALTER TABLE "sitting" ADD "extra_time" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "attempt" ADD "language" text NOT NULL DEFAULT 'vi'`,
  `ALTER TABLE "attempt" ADD "allowed_seconds" integer`,
  `ALTER TABLE "attempt" ADD "points" double precision`,
  `ALTER TABLE "attempt" ADD "overtime" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "question_version" ADD "kind" text NOT NULL DEFAULT 'single'`,
  `ALTER TABLE "question_version" ADD "picture" jsonb`,
  `ALTER TABLE "form" ADD "tier" smallint`,
  `ALTER TABLE "form" ADD "time_limit_minutes" smallint`,
  `ALTER TABLE "form" ADD "withdrawn_at" TIMESTAMP WITH TIME ZONE`,
  `CREATE INDEX "IDX_20fd08c513d167705c5eb443a2" ON "question" ("course_slug")`,
  `ALTER TABLE "course_version" ADD CONSTRAINT "FK_ebad115f6e8fdaed9564f39f27d" FOREIGN KEY ("published_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "course_picture" ADD CONSTRAINT "FK_3279e819b917909442a7d42a6f8" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "course_draft" ADD CONSTRAINT "FK_daaa913a8a96458089a63f9216c" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "course_draft" ADD CONSTRAINT "FK_b7a6fd14b7031eada4b1e8ab99a" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "course_draft" ADD CONSTRAINT "FK_d7c61de496fdbeea9706f708879" FOREIGN KEY ("submitted_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "course_draft" ADD CONSTRAINT "FK_5efd247c0f75c0885affdc9c739" FOREIGN KEY ("decided_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "lesson_draft" ADD CONSTRAINT "FK_f471e344f6910a41932c0e00752" FOREIGN KEY ("draft_id") REFERENCES "course_draft"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "lesson_draft" ADD CONSTRAINT "FK_81d9ecfbf932c55e73c0f338c67" FOREIGN KEY ("edited_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "draft_author" ADD CONSTRAINT "FK_9d7d5945116b68dd48d1cb69bc7" FOREIGN KEY ("draft_id") REFERENCES "course_draft"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "draft_author" ADD CONSTRAINT "FK_8a3099d234c4bc4a78d99f168f2" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "draft_comment" ADD CONSTRAINT "FK_d73a505efc37e633dfea4df7d54" FOREIGN KEY ("draft_id") REFERENCES "course_draft"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "draft_comment" ADD CONSTRAINT "FK_f274209b96c5509ff0c851ca4c3" FOREIGN KEY ("by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "recording" ADD CONSTRAINT "FK_101abd4600447d1263c6a424465" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "recording" ADD CONSTRAINT "FK_6f51db1c6012deb7c64b596a278" FOREIGN KEY ("recorded_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "recording" ADD CONSTRAINT "FK_22f2df44c0a8a03ec16c9ee9b85" FOREIGN KEY ("decided_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "question_draft" ADD CONSTRAINT "FK_dae025c9149426cf39764ab92c4" FOREIGN KEY ("question_id") REFERENCES "question"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "question_draft" ADD CONSTRAINT "FK_281b2447191889e10660171e393" FOREIGN KEY ("edited_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "question_draft" ADD CONSTRAINT "FK_cc517eb9093337c819ed1dbe4a5" FOREIGN KEY ("decided_by") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
