import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules with dates, rooms, attendance from several devices, papers of classes, teach-backs, mergers of people. */
export class AddClasses1795718400000 implements MigrationInterface {
  name = 'AddClasses1795718400000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await q.query(statement);
    // What held until now becomes the first rule of each tier.
    await q.query(`INSERT INTO tier_rule (id, tier_id, min_attendance, pass_mark, min_rubric, report_days, valid)
      SELECT gen_random_uuid(), t.id, t.min_attendance, t.pass_mark, 3, t.report_days, daterange(p.starts_on, NULL) FROM tier t JOIN programme p ON p.id = t.programme_id`);
    for (const statement of MOVED) await q.query(statement);
    await q.query('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON teach_back FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()');
    await this.rereadRosters(q);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }

  /** Rosters on their way knew one sheet and named rows by their number; now people of all sheets are counted through. */
  private async rereadRosters(q: QueryRunner): Promise<void> {
    const rosters = (await q.query('SELECT id, reading, decisions FROM roster_import')) as { id: string; reading: OldReading; decisions: Record<string, { row: number }> }[];
    for (const { id, reading, decisions } of rosters) {
      const line = new Map(reading.rows.map((r, i) => [r.row, i + 1]));
      const next = {
        sheets: [{ sheet: reading.sheet, columns: reading.columns, headers: reading.columns.map((c) => ({ column: c.column, header: c.header, samples: [] })), unusedHeaders: reading.unusedHeaders, rows: reading.rows.length, said: reading.said }],
        rows: reading.rows.map((r, i) => ({ line: i + 1, sheet: reading.sheet, typedName: null, ...r })), ignored: reading.ignored.map((r) => ({ sheet: reading.sheet, ...r })), withoutHeader: [],
      };
      const decided = Object.fromEntries(Object.values(decisions).map(({ row, ...d }) => [line.get(row) ?? row, { line: line.get(row) ?? row, ...d }]));
      await q.query('UPDATE roster_import SET reading = $2, decisions = $3 WHERE id = $1', [id, JSON.stringify(next), JSON.stringify(decided)]);
    }
  }
}

interface OldReading { sheet: string; columns: { field: string; header: string; column: number }[]; unusedHeaders: string[]; rows: { row: number }[]; ignored: { row: number; text: string }[]; said: number | null }

const STATEMENTS = [
  `CREATE TABLE "person_merge" ("id" uuid NOT NULL, "kept_id" uuid NOT NULL, "merged_id" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "by_person_id" uuid NOT NULL, "before" jsonb NOT NULL, "moved" jsonb NOT NULL, "undone_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_f8d71f886ba46df618c420db414" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_d156e9fbfe4f5d14b9b0ec55b7" ON "person_merge" ("kept_id")`,
  `CREATE INDEX "IDX_280e9ad6e33d0293954267bbc6" ON "person_merge" ("merged_id")`,
  `CREATE TABLE "person_apart" ("one_id" uuid NOT NULL, "other_id" uuid NOT NULL, "by_person_id" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_6bfb1aa50cc412c478861eb98a5" PRIMARY KEY ("one_id", "other_id"))`,
  `CREATE TABLE "class_file" ("id" uuid NOT NULL, "class_id" uuid NOT NULL, "session_id" uuid, "name" text NOT NULL, "type" text NOT NULL, "bytes" integer NOT NULL, "added_by" uuid NOT NULL, "added_at" TIMESTAMP WITH TIME ZONE NOT NULL, "removed_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_3382b926a3f60e981b5d00da68d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_182f5f455858e6f18a7f5be384" ON "class_file" ("class_id")`,
  `CREATE TABLE "class_invitation" ("id" uuid NOT NULL, "class_id" uuid NOT NULL, "unit_id" uuid NOT NULL, "locality" text, "people" smallint NOT NULL, CONSTRAINT "PK_c7c270d97ee9e9a03c977b1add7" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_ee05fe54531fb521d8fefc6001" ON "class_invitation" ("class_id")`,
  `CREATE TABLE "teach_back" ("id" uuid NOT NULL, "enrolment_id" uuid NOT NULL, "observer" smallint NOT NULL, "observer_name" text NOT NULL, "scores" jsonb NOT NULL, "note" text, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "seq" BIGSERIAL NOT NULL, "by_person_id" uuid NOT NULL, CONSTRAINT "PK_b8dd3d20aa67a1d206fba311105" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_0ffe1f2abcad6e5aa760b2cd54" ON "teach_back" ("enrolment_id")`,
  `CREATE TABLE "class_refresher" ("class_id" uuid NOT NULL, "sitting_id" uuid NOT NULL, "questions" smallint NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, "made_by" uuid NOT NULL, CONSTRAINT "PK_5f0d90936459f332cf634ee3baf" PRIMARY KEY ("class_id"))`,
  `CREATE TABLE "tier_rule" ("id" uuid NOT NULL, "tier_id" uuid NOT NULL, "min_attendance" numeric NOT NULL, "pass_mark" numeric NOT NULL, "min_rubric" numeric NOT NULL DEFAULT '3', "report_days" smallint NOT NULL, "valid" daterange NOT NULL, CONSTRAINT "tier_rule_no_overlap" EXCLUDE USING gist (tier_id WITH =, valid WITH &&), CONSTRAINT "PK_b7d6ac660de9c878e2703bcb0d0" PRIMARY KEY ("id"))`,
  `CREATE TABLE "room" ("id" uuid NOT NULL, "class_id" uuid NOT NULL, "kind" text NOT NULL, "code" text NOT NULL, "phase" text NOT NULL, "pace" text NOT NULL, "question" smallint NOT NULL DEFAULT '0', "time_limit_minutes" smallint, "extra_time" boolean NOT NULL DEFAULT false, "start_code" text, "host_id" uuid NOT NULL, "opened_at" TIMESTAMP WITH TIME ZONE NOT NULL, "started_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', CONSTRAINT "PK_c6d46db005d623e691b2fbcba23" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "room_of_class_once" ON "room" ("class_id", "kind")`,
  `CREATE UNIQUE INDEX "room_code_open_once" ON "room" ("code") WHERE phase <> 'over'`,
  `CREATE TABLE "room_seat" ("id" uuid NOT NULL, "room_id" uuid NOT NULL, "person_id" uuid NOT NULL, "enrolment_id" uuid NOT NULL, "attempt_id" uuid NOT NULL, "token_hash" bytea NOT NULL, "channel" text NOT NULL, "joined_at" TIMESTAMP WITH TIME ZONE NOT NULL, "released_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_9e10337479e1d5550e7d4b0a871" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_d1a907d22d9146b83beba6188d" ON "room_seat" ("token_hash")`,
  `CREATE UNIQUE INDEX "room_seat_held_once" ON "room_seat" ("room_id", "person_id") WHERE released_at is null`,
  `ALTER TABLE "person" ADD "merged_into_id" uuid`,
  `ALTER TABLE "account" ADD "secret_id" uuid NOT NULL DEFAULT gen_random_uuid()`,
  `ALTER TABLE "class_session" ADD "scan_key" bytea`,
  `ALTER TABLE "programme" ADD "indicators_from" date`,
  `ALTER TABLE "programme" ADD "indicators_until" date`,
  `ALTER TABLE "programme" ADD "version" integer NOT NULL DEFAULT '1'`,
  `ALTER TABLE "tier" ADD "rubric" jsonb`,
  `ALTER TABLE "enrolment" ADD "to_match" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "enrolment" ADD "duplicate_of_id" uuid`,
  `ALTER TABLE "attendance_mark" ADD "received_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "attendance_mark" ADD "source" text NOT NULL DEFAULT 'tap'`,
  `ALTER TABLE "roster_import" ADD "rows_done" integer NOT NULL DEFAULT '0'`,
  `ALTER TABLE "roster_import" ADD "rows_total" integer NOT NULL DEFAULT '0'`,
  `CREATE INDEX "IDX_6534b223286f8c7af906cad7ed" ON "person" ("merged_into_id")`,
  `ALTER TABLE "person" ADD CONSTRAINT "FK_6534b223286f8c7af906cad7ed8" FOREIGN KEY ("merged_into_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "person_merge" ADD CONSTRAINT "FK_d156e9fbfe4f5d14b9b0ec55b73" FOREIGN KEY ("kept_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "person_merge" ADD CONSTRAINT "FK_280e9ad6e33d0293954267bbc66" FOREIGN KEY ("merged_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "person_apart" ADD CONSTRAINT "FK_4ed331eb38eb35ff013f286ca02" FOREIGN KEY ("one_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "person_apart" ADD CONSTRAINT "FK_cbb743a30ea72e5a0e3c633f6ca" FOREIGN KEY ("other_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_file" ADD CONSTRAINT "FK_182f5f455858e6f18a7f5be3848" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_file" ADD CONSTRAINT "FK_0fea4081a8c0979f5782758fc9d" FOREIGN KEY ("session_id") REFERENCES "class_session"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_invitation" ADD CONSTRAINT "FK_ee05fe54531fb521d8fefc6001d" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_invitation" ADD CONSTRAINT "FK_5cfe8e039917fef1aa329a8cd7c" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "teach_back" ADD CONSTRAINT "FK_0ffe1f2abcad6e5aa760b2cd54c" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_refresher" ADD CONSTRAINT "FK_5f0d90936459f332cf634ee3baf" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "class_refresher" ADD CONSTRAINT "FK_6d127cbffd1e661bc22dc209972" FOREIGN KEY ("sitting_id") REFERENCES "sitting"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "tier_rule" ADD CONSTRAINT "FK_0917f05f113d466a9c5fc6ed4ec" FOREIGN KEY ("tier_id") REFERENCES "tier"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "enrolment" ADD CONSTRAINT "FK_8b194df91b980d07f337042fef6" FOREIGN KEY ("duplicate_of_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "room" ADD CONSTRAINT "FK_1c6e02100fac7abc65ff8a1b196" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "room" ADD CONSTRAINT "FK_bd18dee6d0bc5caab60e8a704e5" FOREIGN KEY ("host_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "room_seat" ADD CONSTRAINT "FK_d515299270069b61bb251367e6e" FOREIGN KEY ("room_id") REFERENCES "room"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "room_seat" ADD CONSTRAINT "FK_b5b561302be25b3e31f406f539d" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "room_seat" ADD CONSTRAINT "FK_44ddf7c75fa7d50403c72c3ad7c" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];

const MOVED = [
  `ALTER TABLE "tier" DROP COLUMN "report_days"`,
  `ALTER TABLE "tier" DROP COLUMN "pass_mark"`,
  `ALTER TABLE "tier" DROP COLUMN "min_attendance"`,
];
