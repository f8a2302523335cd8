import type { FormKind } from '@lantoa/shared/assessment';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity()
export class Question {
  @PrimaryColumn('uuid') id: string;
  @Column('text') courseSlug: string;
  @Column('text', { unique: true }) slug: string;
  /** Stands in the tests of all tiers, so that tiers can be compared. */
  @Column('boolean') anchor: boolean;
}

export interface Option { id: string; text: string; right: boolean; reason: string }

/** The words of a question at one time. Never changed: an edit is the next number. */
@Entity()
@Unique('question_version_number_once', ['questionId', 'number'])
export class QuestionVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Question') @Column('uuid') questionId: string;
  @Column('int') number: number;
  @Column('text') topic: string;
  @Column('text') stem: string;
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
  /** Share right that passes, 0–1; `null` where nobody can fail. */
  @Column('numeric', { nullable: true }) passMark: number | null;
  /** How often a person may try in one series; `null` for any number. */
  @Column('smallint', { nullable: true }) maxAttempts: number | null;
  @Column('text') contentHash: string;
}

@Entity()
export class FormItem {
  @ForeignKey('Form') @PrimaryColumn('uuid') formId: string;
  @PrimaryColumn('smallint') position: number;
  @ForeignKey('QuestionVersion') @Index() @Column('uuid') questionVersionId: string;
}
