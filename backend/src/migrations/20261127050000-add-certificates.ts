import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates: changes by two people, templates in versions, signed documents, checks and reports of the public page, batches of several classes and of renewals. */
export class AddCertificates1795755600000 implements MigrationInterface {
  name = 'AddCertificates1795755600000';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...INDEXES, ...BATCHES, ...FOREIGN_KEYS]) await q.query(statement);
    await q.query('CREATE SEQUENCE signed_document_seq');
    for (const table of APPEND_ONLY) await q.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}

const APPEND_ONLY = ['paper_receipt', 'template_version', 'signed_document', 'lapsing_call'];

/** Batches had one class; what was given by one, and what waits in one, becomes places. */
const BATCHES = [
  'ALTER TABLE batch ADD code text, ADD kind text, ADD type_id uuid, ADD template_version_id uuid, ADD withdrawn_by uuid, ADD withdrawn_note text',
  "UPDATE batch b SET kind = 'classes', type_id = t.certificate_type_id, code = n.code FROM training_class c JOIN tier t ON t.id = c.tier_id, (SELECT id, to_char(prepared_at, 'YYYY') || '-' || lpad(row_number() OVER (PARTITION BY to_char(prepared_at, 'YYYY') ORDER BY prepared_at, id)::text, 2, '0') AS code FROM batch) n WHERE c.id = b.class_id AND n.id = b.id",
  "INSERT INTO batch_class (batch_id, class_id, waits) SELECT id, class_id, status = 'prepared' FROM batch",
  "INSERT INTO batch_place (id, batch_id, position, scope_unit_id, enrolment_id, waits, verdict, entry_id) SELECT gen_random_uuid(), x.batch_id, row_number() OVER (PARTITION BY x.batch_id ORDER BY e.seq), c.unit_id, x.enrolment_id, false, 'given', x.entry_id FROM batch_entry x JOIN register_entry e ON e.id = x.entry_id JOIN batch b ON b.id = x.batch_id JOIN training_class c ON c.id = b.class_id",
  "INSERT INTO batch_place (id, batch_id, position, scope_unit_id, enrolment_id, waits, verdict) SELECT gen_random_uuid(), b.id, row_number() OVER (PARTITION BY b.id ORDER BY e.sort_key, e.id), c.unit_id, e.id, true, 'given' FROM batch b JOIN training_class c ON c.id = b.class_id JOIN enrolment e ON e.class_id = c.id AND e.duplicate_of_id IS NULL AND e.outcome = 'passed' AND NOT EXISTS (SELECT 1 FROM batch_entry x WHERE x.enrolment_id = e.id) WHERE b.status = 'prepared'",
  'ALTER TABLE batch ALTER code SET NOT NULL, ALTER kind SET NOT NULL, ALTER type_id SET NOT NULL, ADD CONSTRAINT "UQ_7efda0353e91e7445e5960f48c7" UNIQUE ("code")',
  'DROP TABLE batch_entry',
  'ALTER TABLE batch DROP COLUMN class_id',
];

const TABLES = [
  `CREATE TABLE "register_request" ("id" uuid NOT NULL, "entry_id" uuid NOT NULL, "act" text NOT NULL, "reason" text NOT NULL, "note" text NOT NULL, "decision_no" text NOT NULL, "content" jsonb, "asked_by" uuid NOT NULL, "asked_at" TIMESTAMP WITH TIME ZONE NOT NULL, "verdict" text, "verdict_note" text, "decided_by" uuid, "decided_at" TIMESTAMP WITH TIME ZONE, "line_id" uuid, CONSTRAINT "PK_c567fb79b69366996980c6380fc" PRIMARY KEY ("id"))`,
  `CREATE TABLE "paper_receipt" ("id" uuid NOT NULL, "seq" BIGSERIAL NOT NULL, "entry_id" uuid NOT NULL, "received_by" text NOT NULL, "received_on" date NOT NULL, "recorded_by" uuid NOT NULL, "recorded_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_ca08fc09d3bfb937b15582fe20a" PRIMARY KEY ("id"))`,
  `CREATE TABLE "certificate_template" ("id" uuid NOT NULL, "name" text NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, "starter" text, CONSTRAINT "UQ_9f33ad961da4587f2cb98c3c8d5" UNIQUE ("starter"), CONSTRAINT "PK_ebcee895a1bd52ba466be9669ea" PRIMARY KEY ("id"))`,
  `CREATE TABLE "template_version" ("id" uuid NOT NULL, "template_id" uuid NOT NULL, "number" integer NOT NULL, "layout" jsonb NOT NULL, "note" text NOT NULL, "made_by" uuid, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "template_version_once" UNIQUE ("template_id", "number"), CONSTRAINT "PK_5c57453edc10a775036dd2f2124" PRIMARY KEY ("id"))`,
  `CREATE TABLE "stamp_image" ("id" uuid NOT NULL, "kind" text NOT NULL, "name" text NOT NULL, "type" text NOT NULL, "file_key" text NOT NULL, "added_by" uuid NOT NULL, "added_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_395dd30954969424b184cb95d2e" PRIMARY KEY ("id"))`,
  `CREATE TABLE "check_count" ("day" date NOT NULL, "via" text NOT NULL, "outcome" text NOT NULL, "entry_id" uuid NOT NULL, "times" integer NOT NULL, CONSTRAINT "PK_8c4a5226ab013a5a6ae7d081396" PRIMARY KEY ("day", "via", "outcome", "entry_id"))`,
  `CREATE TABLE "forgery_report" ("id" uuid NOT NULL, "register_no" text NOT NULL, "holder_name" text NOT NULL, "seen_at" text NOT NULL, "message" text NOT NULL, "entry_id" uuid, "reported_at" TIMESTAMP WITH TIME ZONE NOT NULL, "closed_by" uuid, "closed_at" TIMESTAMP WITH TIME ZONE, "finding" text, CONSTRAINT "PK_4390ec0314a794051fb936c3050" PRIMARY KEY ("id"))`,
  `CREATE TABLE "signing_key" ("id" uuid NOT NULL, "issuer_id" uuid NOT NULL, "number" smallint NOT NULL, "public_key" text NOT NULL, "sealed" bytea NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, "retired_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "signing_key_once" UNIQUE ("issuer_id", "number"), CONSTRAINT "PK_5cc161da020c79bb3ac9953edae" PRIMARY KEY ("id"))`,
  `CREATE TABLE "signed_document" ("id" uuid NOT NULL, "url" text NOT NULL, "kind" text NOT NULL, "issuer_id" uuid NOT NULL, "entry_id" uuid, "class_id" uuid, "wording" text NOT NULL, "seq" bigint NOT NULL, "bytes" text NOT NULL, "digest" text NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_5a2d4ec73896077ff5719c2c767" UNIQUE ("url"), CONSTRAINT "signed_document_once" UNIQUE ("kind", "issuer_id", "wording"), CONSTRAINT "PK_cc98104c19c0c414cf7896dd24c" PRIMARY KEY ("id"))`,
  `CREATE TABLE "status_list" ("url" text NOT NULL, "issuer_id" uuid NOT NULL, "number" integer NOT NULL, "ended" integer array NOT NULL, "bytes" text NOT NULL, "made_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "status_list_once" UNIQUE ("issuer_id", "number"), CONSTRAINT "PK_4b98269d79d145571e3dcbbaa44" PRIMARY KEY ("url"))`,
  `CREATE TABLE "batch_class" ("batch_id" uuid NOT NULL, "class_id" uuid NOT NULL, "waits" boolean NOT NULL, CONSTRAINT "PK_ee5503cc431554734df143bf7ad" PRIMARY KEY ("batch_id", "class_id"))`,
  `CREATE TABLE "batch_place" ("id" uuid NOT NULL, "batch_id" uuid NOT NULL, "position" integer NOT NULL, "scope_unit_id" uuid NOT NULL, "enrolment_id" uuid, "renews_id" uuid, "waits" boolean NOT NULL, "verdict" text NOT NULL, "reason" text, "entry_id" uuid, CONSTRAINT "PK_b09291b75076d9c80dcd06e32fa" PRIMARY KEY ("id"))`,
  `CREATE TABLE "lapsing_call" ("id" uuid NOT NULL, "entry_id" uuid NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "by_person_id" uuid NOT NULL, CONSTRAINT "PK_cf26de1118f3542c2208b32af37" PRIMARY KEY ("id"))`,
  `ALTER TABLE "certificate_type" ADD "template_id" uuid`,
  `ALTER TABLE "register_entry" ADD "format" smallint NOT NULL DEFAULT '1'`,
  `ALTER TABLE "register_entry" ADD "birth_year" smallint`,
  `ALTER TABLE "register_entry" ADD "sex" text`,
  `ALTER TABLE "register_entry" ADD "corrects" uuid`,
  `ALTER TABLE "register_entry" ADD "reason" text`,
  `ALTER TABLE "register_entry" ADD "template_version_id" uuid`,
];

const INDEXES = [
  `CREATE INDEX "IDX_69f19d71b09e36e56d9efcd185" ON "register_request" ("entry_id")`,
  `CREATE UNIQUE INDEX "register_request_waits_once" ON "register_request" ("entry_id") WHERE verdict is null`,
  `CREATE INDEX "IDX_310db7b38272c3a9af3e15642b" ON "paper_receipt" ("entry_id")`,
  `CREATE INDEX "IDX_cef79f12ada2f9cb42a3f490f7" ON "template_version" ("template_id")`,
  `CREATE INDEX "IDX_40c136b91affc37ad63633b175" ON "signed_document" ("entry_id")`,
  `CREATE INDEX "IDX_d8d9a3c1c7d6d946fbe9de659c" ON "signed_document" ("class_id")`,
  `CREATE UNIQUE INDEX "batch_class_waits_once" ON "batch_class" ("class_id") WHERE waits`,
  `CREATE INDEX "IDX_ef57505aeca4b89fc9aa4d77e1" ON "batch_place" ("batch_id")`,
  `CREATE INDEX "IDX_5fa203cef674cd18597c84a44e" ON "batch_place" ("enrolment_id")`,
  `CREATE UNIQUE INDEX "IDX_156c97f5135d9aacab2e8230e5" ON "batch_place" ("entry_id")`,
  `CREATE UNIQUE INDEX "batch_place_waits_once" ON "batch_place" ("renews_id") WHERE waits and renews_id is not null`,
  `CREATE INDEX "IDX_6ecd76daa27686cf279096c553" ON "lapsing_call" ("entry_id")`,
  `CREATE INDEX "IDX_86f6d6e5cdd796004789b505c6" ON "register_entry" ("valid_until")`,
  `CREATE INDEX "IDX_f52d6e03fb718c0705a9dda4b7" ON "register_entry" ("corrects")`,
];

const FOREIGN_KEYS = [
  `ALTER TABLE "certificate_type" ADD CONSTRAINT "FK_9e377af00998609fd438497e131" FOREIGN KEY ("template_id") REFERENCES "certificate_template"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "register_entry" ADD CONSTRAINT "FK_f52d6e03fb718c0705a9dda4b7f" FOREIGN KEY ("corrects") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "register_entry" ADD CONSTRAINT "FK_389ab4a590698eefcf879d536e7" FOREIGN KEY ("template_version_id") REFERENCES "template_version"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "register_request" ADD CONSTRAINT "FK_69f19d71b09e36e56d9efcd1855" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "register_request" ADD CONSTRAINT "FK_48cb25dbe1b1cad27f1ca20a811" FOREIGN KEY ("line_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "paper_receipt" ADD CONSTRAINT "FK_310db7b38272c3a9af3e15642b3" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "template_version" ADD CONSTRAINT "FK_cef79f12ada2f9cb42a3f490f79" FOREIGN KEY ("template_id") REFERENCES "certificate_template"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "forgery_report" ADD CONSTRAINT "FK_c1a8030d89e398cf666c648b3ca" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "signing_key" ADD CONSTRAINT "FK_fe805671caf8819ca9ecc124869" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "signed_document" ADD CONSTRAINT "FK_666202acf322232be7ad8f6854c" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "signed_document" ADD CONSTRAINT "FK_40c136b91affc37ad63633b1753" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "status_list" ADD CONSTRAINT "FK_1fc7840fd4d376c01645e5e16d4" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch" ADD CONSTRAINT "FK_d791cb27046aaeccdf34fab3d8a" FOREIGN KEY ("type_id") REFERENCES "certificate_type"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch" ADD CONSTRAINT "FK_827c711c42c3154cc6bdf859ffe" FOREIGN KEY ("template_version_id") REFERENCES "template_version"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_class" ADD CONSTRAINT "FK_0044918ae99487b0d210fed88c7" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_class" ADD CONSTRAINT "FK_ffaca41bb91c8843a8bbae416a8" FOREIGN KEY ("class_id") REFERENCES "training_class"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_place" ADD CONSTRAINT "FK_ef57505aeca4b89fc9aa4d77e15" FOREIGN KEY ("batch_id") REFERENCES "batch"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_place" ADD CONSTRAINT "FK_6d7990cbe531a58aa35f511311a" FOREIGN KEY ("scope_unit_id") REFERENCES "unit"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_place" ADD CONSTRAINT "FK_5fa203cef674cd18597c84a44e0" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_place" ADD CONSTRAINT "FK_a41d9b103bfe7ae8b62b1e4968a" FOREIGN KEY ("renews_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "batch_place" ADD CONSTRAINT "FK_156c97f5135d9aacab2e8230e5d" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
  `ALTER TABLE "lapsing_call" ADD CONSTRAINT "FK_6ecd76daa27686cf279096c5530" FOREIGN KEY ("entry_id") REFERENCES "register_entry"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
];
