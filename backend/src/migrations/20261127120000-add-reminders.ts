import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reminders of refreshers, and how people want to be reminded. */
export class AddReminders1795780800000 implements MigrationInterface {
  name = 'AddReminders1795780800000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const STATEMENTS = [
  `CREATE TABLE "reminder_choice" ("person_id" uuid NOT NULL, "allowed" boolean NOT NULL, "email" text, "changed_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_f252c35ab838ec560ec3d6ff4fc" PRIMARY KEY ("person_id"))`,
  `CREATE TABLE "push_device" ("id" uuid NOT NULL, "person_id" uuid NOT NULL, "endpoint" text NOT NULL, "p256dh" text NOT NULL, "auth" text NOT NULL, "added_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_975173b2bb98715b7f65c2e492a" UNIQUE ("endpoint"), CONSTRAINT "PK_acee13f84095c042166971daf94" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_031cf1fe4393894fc7e7375759" ON "push_device"  ("person_id")`,
  `CREATE TABLE "reminder" ("id" uuid NOT NULL, "refresher_id" uuid NOT NULL, "person_id" uuid NOT NULL, "stage" text NOT NULL, "channel" text NOT NULL, "text" text NOT NULL, "status" text NOT NULL, "error" text, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, "sent_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "reminder_once" UNIQUE ("refresher_id", "stage", "channel"), CONSTRAINT "PK_9ec029d17cb8dece186b9221ede" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_fcf926ceecbcf8231e7033fc8a" ON "reminder"  ("person_id")`,
  `CREATE TABLE "reminder_template" ("stage" text NOT NULL, "channel" text NOT NULL, "text" text NOT NULL, "changed_by" uuid NOT NULL, "changed_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_e5b3523b827b9206cf7294b4615" PRIMARY KEY ("stage", "channel"))`,
  `CREATE TABLE "push_key" ("id" smallint NOT NULL, "public_key" text NOT NULL, "sealed_private_key" bytea NOT NULL, CONSTRAINT "PK_97b13aa5ca04714421f508d8dd3" PRIMARY KEY ("id"))`,
  `ALTER TABLE "reminder_choice" ADD CONSTRAINT "FK_f252c35ab838ec560ec3d6ff4fc" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "push_device" ADD CONSTRAINT "FK_031cf1fe4393894fc7e73757598" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "reminder" ADD CONSTRAINT "FK_fdb2300614272043a8dfc4aecfb" FOREIGN KEY ("refresher_id") REFERENCES "refresher"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "reminder" ADD CONSTRAINT "FK_fcf926ceecbcf8231e7033fc8af" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
