import type { Kit, LessonContent } from '@lantoa/shared/curriculum';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** The next version of a course while people write it. One is open at a time. */
@Entity()
@Index('course_draft_open_once', ['courseId'], { unique: true, where: "status in ('draft', 'review', 'returned')" })
export class CourseDraft {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Course') @Column('uuid') courseId: string;
  /** Number of the version that it began from; 0 for a new course. */
  @Column('int') baseNumber: number;
  @Column('text') status: 'draft' | 'review' | 'returned' | 'published' | 'dropped';
  /** Counts saves of title, aim, audience and hours. */
  @Column('int') revision: number;
  @Column('smallint') position: number;
  @Column('text') title: string;
  @Column('text') aim: string;
  @Column('text') audience: string;
  @Column('numeric') hours: number;
  @Column('jsonb') kit: Kit;
  @ForeignKey('Person') @Column('uuid') createdBy: string;
  @Column('timestamptz') createdAt: Date;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) submittedBy: string | null;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) decidedBy: string | null;
  @Column('timestamptz', { nullable: true }) decidedAt: Date | null;
}

/** A lesson of a draft, saved as a whole with a revision, so that two who write at once do not overwrite each other. */
@Entity()
export class LessonDraft {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('CourseDraft') @Index() @Column('uuid') draftId: string;
  @Column('smallint') position: number;
  @Column('int') revision: number;
  @Column('jsonb') content: LessonContent;
  @ForeignKey('Person') @Column('uuid') editedBy: string;
  @Column('timestamptz') editedAt: Date;
  /** Taken out of the draft; kept, so that it can come back. */
  @Column('timestamptz', { nullable: true }) removedAt: Date | null;
}

/** Who has saved something of a draft: none of them may publish it. Rows are only added. */
@Entity()
export class DraftAuthor {
  @ForeignKey('CourseDraft') @PrimaryColumn('uuid') draftId: string;
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
}

@Entity()
export class DraftComment {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('CourseDraft') @Index() @Column('uuid') draftId: string;
  @Column('text') lesson: string;
  @Column('text', { nullable: true }) card: string | null;
  @Column('text') text: string;
  @ForeignKey('Person') @Column('uuid') by: string;
  @Column('timestamptz') at: Date;
  @Column('timestamptz', { nullable: true }) resolvedAt: Date | null;
}

/** A card read aloud in a language. The newest approved one whose text is still the card's is what people hear. */
@Entity()
@Index('recording_of_subject', ['courseId', 'subject', 'language'])
export class Recording {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Course') @Column('uuid') courseId: string;
  /** `lesson-slug/card-slug` */
  @Column('text') subject: string;
  @Column('text') language: string;
  @Column('text') state: 'waiting' | 'approved' | 'refused';
  /** SHA-256 of the words that were read. */
  @Column('text') textHash: string;
  @Column('text') type: string;
  @Column('int') bytes: number;
  @Column('real') seconds: number;
  /** Whose voice it is, and that they agreed to its use here. */
  @Column('text') speaker: string;
  @Column('timestamptz') consentedAt: Date;
  @ForeignKey('Person') @Column('uuid') recordedBy: string;
  @Column('timestamptz') at: Date;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) decidedBy: string | null;
}
