import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Changes of units recorded in the program, and who stands for units that are no more. The table of heirs is filled when the unit lists are read again at the start. */
export class AddUnitChanges1795734000000 implements MigrationInterface {
  name = 'AddUnitChanges1795734000000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "unit_heir" ("unit_id" uuid NOT NULL, "heir_id" uuid NOT NULL, "exact" boolean NOT NULL, "valid" daterange NOT NULL, CONSTRAINT "PK_e97324711b3b43756b12b605be3" PRIMARY KEY ("unit_id", "valid"))`,
  `CREATE INDEX "IDX_b555c5136044effdb4dcc63748" ON "unit_heir" ("heir_id")`,
  `ALTER TABLE "succession" ADD "recorded_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "succession" ADD "recorded_by_id" uuid`,
  `ALTER TABLE "succession" ADD "effects" jsonb`,
  `ALTER TABLE "succession" ADD "undone_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "succession" ADD CONSTRAINT "FK_50be06f0cf0ce65c019e0600f98" FOREIGN KEY ("recorded_by_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "unit_heir" ADD CONSTRAINT "FK_7d8123b395ea4fd6847d9c21583" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "unit_heir" ADD CONSTRAINT "FK_b555c5136044effdb4dcc637489" FOREIGN KEY ("heir_id") REFERENCES "unit"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
