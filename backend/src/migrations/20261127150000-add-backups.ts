import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Copies of everything that were made. */
export class AddBackups1795791600000 implements MigrationInterface {
  name = 'AddBackups1795791600000';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE "backup" ("id" uuid NOT NULL, "started_at" TIMESTAMP WITH TIME ZONE NOT NULL, "finished_at" TIMESTAMP WITH TIME ZONE, "state" text NOT NULL, "fault" text, "by_person_id" uuid, "file" text NOT NULL, "bytes" bigint NOT NULL DEFAULT '0', "rows" bigint NOT NULL DEFAULT '0', "files" integer NOT NULL DEFAULT '0', "checked_at" TIMESTAMP WITH TIME ZONE, "taken_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_a36efb941271c1c6cbbbcbd057d" PRIMARY KEY ("id"))`);
    await q.query(`CREATE INDEX "IDX_b3a531d155d17d77ebdf3d273c" ON "backup"  ("started_at") `);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}
