import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A refresher that was planned is news of the cascade, for it may become late. */
export class NoteRefreshers1795788000000 implements MigrationInterface {
  name = 'NoteRefreshers1795788000000';

  async up(q: QueryRunner): Promise<void> {
    await q.query("CREATE TRIGGER cascade_person_person_id AFTER INSERT OR DELETE OR UPDATE OF person_id, due_on, course_slug ON refresher FOR EACH ROW EXECUTE FUNCTION note_cascade('person', 'person_id')");
    await q.query("INSERT INTO cascade_news (kind, id) SELECT DISTINCT 'person', person_id FROM refresher");
  }

  async down(): Promise<void> {
    throw new Error('This migration has no way back: restore a backup instead.');
  }
}
