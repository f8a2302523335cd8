import { Controller } from '@nestjs/common';
import * as contract from '@lantoa/shared/curriculum';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, By, Handles, Input } from '#platform/http';
import { DraftsService } from './drafts.service.ts';
import { PicturesService } from './pictures.service.ts';
import { RecordingsService } from './recordings.service.ts';

/** What editors and reviewers do with courses. */
@Controller()
export class DraftsController {
  constructor(private readonly drafts: DraftsService, private readonly pictures: PicturesService, private readonly recordings: RecordingsService) {}

  @Handles(contract.listDrafts, 'course.draft')
  listDrafts(@By() actor: Actor) { return this.drafts.list(actor); }

  @Handles(contract.getCourse, 'course.draft')
  getCourse(@By() actor: Actor, @Input(contract.getCourse) { params }: ArgsOf<typeof contract.getCourse>) { return this.drafts.course(actor, params.courseSlug); }

  @Handles(contract.openDraft, 'course.edit')
  openDraft(@By() actor: Actor, @Input(contract.openDraft) { params }: ArgsOf<typeof contract.openDraft>) { return this.drafts.open(actor, params.courseSlug); }

  @Handles(contract.createCourse, 'course.edit')
  createCourse(@By() actor: Actor, @Input(contract.createCourse) input: ArgsOf<typeof contract.createCourse>) { return this.drafts.create(actor, input); }

  @Handles(contract.saveDraftHead, 'course.edit')
  saveDraftHead(@By() actor: Actor, @Input(contract.saveDraftHead) input: ArgsOf<typeof contract.saveDraftHead>) { return this.drafts.saveHead(actor, input); }

  @Handles(contract.saveDraftLesson, 'course.edit')
  saveDraftLesson(@By() actor: Actor, @Input(contract.saveDraftLesson) input: ArgsOf<typeof contract.saveDraftLesson>) { return this.drafts.saveLesson(actor, input); }

  @Handles(contract.addDraftLesson, 'course.edit')
  addDraftLesson(@By() actor: Actor, @Input(contract.addDraftLesson) input: ArgsOf<typeof contract.addDraftLesson>) { return this.drafts.addLesson(actor, input); }

  @Handles(contract.moveDraftLesson, 'course.edit')
  moveDraftLesson(@By() actor: Actor, @Input(contract.moveDraftLesson) input: ArgsOf<typeof contract.moveDraftLesson>) { return this.drafts.moveLesson(actor, input); }

  @Handles(contract.removeDraftLesson, 'course.edit')
  removeDraftLesson(@By() actor: Actor, @Input(contract.removeDraftLesson) input: ArgsOf<typeof contract.removeDraftLesson>) { return this.drafts.removeLesson(actor, input); }

  @Handles(contract.restoreDraftLesson, 'course.edit')
  restoreDraftLesson(@By() actor: Actor, @Input(contract.restoreDraftLesson) input: ArgsOf<typeof contract.restoreDraftLesson>) { return this.drafts.removeLesson(actor, input, true); }

  @Handles(contract.commentDraft, 'course.draft')
  commentDraft(@By() actor: Actor, @Input(contract.commentDraft) input: ArgsOf<typeof contract.commentDraft>) { return this.drafts.comment(actor, input); }

  @Handles(contract.resolveComment, 'course.draft')
  resolveComment(@By() actor: Actor, @Input(contract.resolveComment) input: ArgsOf<typeof contract.resolveComment>) { return this.drafts.resolve(actor, input); }

  @Handles(contract.moveDraft, 'course.draft')
  moveDraft(@By() actor: Actor, @Input(contract.moveDraft) input: ArgsOf<typeof contract.moveDraft>) { return this.drafts.move(actor, input); }

  @Handles(contract.compareVersions, 'course.draft')
  compareVersions(@Input(contract.compareVersions) input: ArgsOf<typeof contract.compareVersions>) { return this.drafts.compare(input); }

  @Handles(contract.addPicture, 'course.edit')
  addPicture(@By() actor: Actor, @Input(contract.addPicture) input: ArgsOf<typeof contract.addPicture>) { return this.pictures.add(actor, input); }

  @Handles(contract.listRecordings, 'course.draft')
  listRecordings(@By() actor: Actor, @Input(contract.listRecordings) { params }: ArgsOf<typeof contract.listRecordings>) { return this.recordings.table(actor, params.courseSlug); }

  @Handles(contract.addRecording, 'course.edit')
  addRecording(@By() actor: Actor, @Input(contract.addRecording) input: ArgsOf<typeof contract.addRecording>) { return this.recordings.add(actor, input); }

  @Handles(contract.decideRecording, 'course.review')
  decideRecording(@By() actor: Actor, @Input(contract.decideRecording) input: ArgsOf<typeof contract.decideRecording>) { return this.recordings.decide(actor, input); }
}
