import type { Card, Kit } from '@lantoa/shared/curriculum';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity()
export class Course {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { unique: true }) slug: string;
}

/** A published state of a course. Never changed: an edit is the next number, and learners in the middle stay on theirs. */
@Entity()
@Unique('course_version_number_once', ['courseId', 'number'])
export class CourseVersion {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('Course') @Column('uuid') courseId: string;
  @Column('int') number: number;
  /** Place in the list of modules. */
  @Column('smallint', { default: 99 }) position: number;
  @Column('text') title: string;
  @Column('text') aim: string;
  @Column('text', { default: '' }) audience: string;
  @Column('numeric') hours: number;
  @Column('jsonb') kit: Kit;
  /** Through which of the two doors it came. */
  @Column('text', { default: 'files' }) source: 'files' | 'editor';
  /** SHA-256 of everything the version was made from. */
  @Column('text') contentHash: string;
  @Column('timestamptz') publishedAt: Date;
  @ForeignKey('Person') @Column('uuid', { nullable: true }) publishedBy: string | null;
}

@Entity()
@Unique('lesson_position_once', ['courseVersionId', 'position'])
export class Lesson {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey('CourseVersion') @Index() @Column('uuid') courseVersionId: string;
  @Column('text') slug: string;
  @Column('smallint') position: number;
  @Column('text') title: string;
  @Column('text') aim: string;
  @Column('smallint') minutes: number;
  @Column('jsonb') cards: Card[];
  @Column('text', { nullable: true }) trainerNote: string | null;
  @Column('boolean', { default: false }) sensitive: boolean;
  /** Slug of the question that closes the lesson. */
  @Column('text', { nullable: true }) checkSlug: string | null;
}

/** That a person has read a card. Rows are only added. */
@Entity()
export class CardSeen {
  @ForeignKey('Person') @PrimaryColumn('uuid') personId: string;
  @ForeignKey('Lesson') @PrimaryColumn('uuid') lessonId: string;
  @PrimaryColumn('text') card: string;
  @Column('timestamptz') at: Date;
}

/** A picture that the cards of a course may show; its bytes lie in the file store. */
@Entity()
export class CoursePicture {
  @ForeignKey('Course') @PrimaryColumn('uuid') courseId: string;
  @PrimaryColumn('text') file: string;
  @Column('text') type: string;
  @Column('int') bytes: number;
  @Column('text') sha256: string;
}
