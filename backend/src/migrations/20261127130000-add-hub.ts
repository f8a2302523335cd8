import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a laptop holds of a class, and hands over. */
export class AddHub1795784400000 implements MigrationInterface {
  name = 'AddHub1795784400000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "hub_class" ("class_id" uuid NOT NULL, "url" text NOT NULL, "device_id" uuid NOT NULL, "fetched_at" TIMESTAMP WITH TIME ZONE NOT NULL, "known" uuid array NOT NULL, CONSTRAINT "PK_3a774f3337dcaae19b30befe897" PRIMARY KEY ("class_id"))`,
  `CREATE TABLE "hub_operation" ("id" uuid NOT NULL, "class_id" uuid NOT NULL, "fact_id" uuid NOT NULL, "stage" text NOT NULL, "seq" integer NOT NULL, "endpoint" text NOT NULL, "input" jsonb NOT NULL, "about" text NOT NULL, "done_at" TIMESTAMP WITH TIME ZONE NOT NULL, "outcome" text NOT NULL, "code" text, "output" jsonb, CONSTRAINT "hub_fact_once" UNIQUE ("class_id", "fact_id", "stage"), CONSTRAINT "PK_7f82729c2388b67d4d8359131ee" PRIMARY KEY ("id"))`,
];
