import type { FormKind } from '@lantoa/shared/assessment';
import type { QuestionKind } from '@lantoa/shared/rules/marking';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Option, Picture, QuestionSource } from './question-text.rules.ts';

@Entity()
export class Question {
  @PrimaryColumn('uuid') id: string;
  @Index() @Column('text') courseSlug: string;
  @Column('text', { unique: true }) slug: string;
  /** Stands in the tests of all tiers, so that tiers can be compared. */
  @Column('boolean') anchor: boolean;
}

/** The words of a question at one time. Never changed: an edit is the next number. */
@Entity()
@Unique('question_version_number_once', ['questionId', 'number'])
export class QuestionVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Question') @Column('uuid') questionId: string;
  @Column('int') number: number;
  @Column('text', { default: 'single' }) kind: QuestionKind;
  @Column('text') topic: string;
  @Column('text') stem: string;
  @Column('jsonb', { nullable: true }) picture: Picture | null;
  /** Those of an ordering question stand in their right order. */
  @Column('jsonb') options: Option[];
  @Column('text', { nullable: true }) lessonSlug: string | null;
  @Column('text', { nullable: true }) cardSlug: string | null;
  /** The author's guess of how hard it is, 0 easy to 1 hard; replaced by item analysis once there are answers. */
  @Column('numeric') difficulty: number;
  @Column('text') contentHash: string;
}

/** An immutable list of question versions; an attempt is pinned to it. */
@Entity()
@Unique('form_number_once', ['courseSlug', 'slug', 'number'])
export class Form {
  @PrimaryColumn('uuid') id: string;
  @Column('text') courseSlug: string;
  @Column('text') slug: string;
  @Column('int') number: number;
  @Column('text') kind: FormKind;
  @Column('text') title: string;
  @Column('text', { nullable: true }) lessonSlug: string | null;
  /** Position of the tier that sits it; `null` for every tier. */
  @Column('smallint', { nullable: true }) tier: number | null;
  /** Share right that passes, 0–1; `null` where nobody can fail. */
  @Column('numeric', { nullable: true }) passMark: number | null;
  /** How often a person may try in one series; `null` for any number. */
  @Column('smallint', { nullable: true }) maxAttempts: number | null;
  /** Minutes that the author foresees; a sitting may set its own. `null` for no limit. */
  @Column('smallint', { nullable: true }) timeLimitMinutes: number | null;
  @Column('text') contentHash: string;
  /** No longer offered; attempts at it stay what they are. */
  @Column('timestamptz', { nullable: true }) withdrawnAt: Date | null;
}

@Entity()
export class FormItem {
  @ForeignKey('Form') @PrimaryColumn('uuid') formId: string;
  @PrimaryColumn('smallint') position: number;
  @ForeignKey('QuestionVersion') @Index() @Column('uuid') questionVersionId: string;
}

/** The next version of a question while people write it, or a question that came in a file and waits for a second pair of eyes. */
@Entity()
@Index('question_draft_open_once', ['questionId'], { unique: true, where: "status in ('draft', 'review', 'returned')" })
@Index('question_draft_content_once', ['courseSlug', 'contentHash'], { unique: true, where: "status in ('draft', 'review', 'returned')" })
export class QuestionDraft {
  @PrimaryColumn('uuid') id: string;
  @Column('text') courseSlug: string;
  @ForeignKey('Question') @Column('uuid', { nullable: true }) questionId: string | null;
  @Column('jsonb') content: QuestionSource;
  /** SHA-256 of the content: the same file imported twice adds nothing. */
  @Column('text') contentHash: string;
  @Column('text') status: 'draft' | 'review' | 'returned' | 'published' | 'dropped';
  @Column('text') origin: 'editor' | 'import';
  @Column('int') revision: number;
  @Column('text', { nullable: true }) note: string | null;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) editedBy: string | null;
  @Column('timestamptz') editedAt: Date;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) decidedBy: string | null;
}
