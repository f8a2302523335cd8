import { AuditRow, AuditSeal } from '#platform/audit';
import { ContentLoad } from '#platform/content';
import { IdempotencyKey } from '#platform/idempotency';
import { OutboxRow } from '#platform/outbox';
import { Account, ActivationSlip, Consent, OwnerClaim, RecoveryCode, RoleGrant, SecondStep, Session } from '#modules/access';
import { Answer, Attempt, Form, FormItem, Mark, Question, QuestionDraft, QuestionVersion, Seat, Sitting } from '#modules/assessment';
import { Batch, BatchClass, BatchPlace, LapsingCall } from '#modules/awarding';
import { Backup } from '#modules/backups';
import { CascadeMonth, CascadeNews, CascadePart, CascadeSum, CascadeYear, OverdueCall, UnitAncestor, UnitTile } from '#modules/cascade';
import { CertificateTemplate, CertificateType, CheckCount, ForgeryReport, Issuer, Paper, PaperReceipt, RegisterCounter, RegisterEntry, RegisterRequest, SignedDocument, SigningKey, StampImage, StatusList, TemplateVersion } from '#modules/credentials';
import { CardSeen, Course, CourseDraft, CoursePicture, CourseVersion, DraftAuthor, DraftComment, Lesson, LessonDraft, Recording } from '#modules/curriculum';
import { PushDevice, PushKey, Reminder, ReminderChoice, ReminderTemplate } from '#modules/notifications';
import { Posting, Succession, SuccessionPart, Unit, UnitAlias, UnitHeir, UnitVersion } from '#modules/organisation';
import { Person, PersonApart, PersonEthnicity, PersonMerge } from '#modules/people';
import { ConsentEnd, DataIncident, DataIncidentStep, PrivacyRequest } from '#modules/privacy';
import { Campaign, CampaignMove, QuestionMemory, Refresher, RefresherCall, ReviewedAttempt } from '#modules/refreshers';
import { IndicatorSetVersion } from '#modules/reports';
import { HubClass, HubOperation, SyncDevice, SyncOperation } from '#modules/sync';
import { AttendanceMark, ClassFile, ClassInvitation, ClassMove, ClassRefresher, ClassReport, ClassSession, ClassTrainer, Enrolment, Programme, Room, RoomSeat, RosterImport, TeachBack, Tier, TierRule, TierTarget, TrainingClass } from '#modules/training';

/** Every table, module by module. */
export const entities = [
  AuditRow, AuditSeal, OutboxRow, IdempotencyKey, ContentLoad,
  Person, PersonEthnicity, PersonMerge, PersonApart,
  Unit, UnitVersion, UnitAlias, UnitHeir, Succession, SuccessionPart, Posting,
  Account, RoleGrant, Session, ActivationSlip, Consent, OwnerClaim, SecondStep, RecoveryCode,
  Course, CourseVersion, Lesson, CardSeen, CoursePicture, CourseDraft, LessonDraft, DraftAuthor, DraftComment, Recording,
  Question, QuestionVersion, QuestionDraft, Form, FormItem, Sitting, Seat, Attempt, Answer, Mark,
  Issuer, CertificateType, RegisterCounter, RegisterEntry, RegisterRequest, PaperReceipt, CertificateTemplate, TemplateVersion, StampImage, Paper, SigningKey, SignedDocument, StatusList, CheckCount, ForgeryReport,
  Programme, Tier, TierRule, TierTarget, TrainingClass, ClassSession, ClassTrainer, ClassMove, ClassReport, ClassFile, ClassInvitation, ClassRefresher, Enrolment, AttendanceMark, TeachBack, RosterImport, Room, RoomSeat,
  CascadeNews, CascadePart, CascadeSum, CascadeMonth, CascadeYear, UnitAncestor, UnitTile, OverdueCall,
  Batch, BatchClass, BatchPlace, LapsingCall,
  Refresher, RefresherCall, Campaign, CampaignMove, QuestionMemory, ReviewedAttempt,
  IndicatorSetVersion,
  ReminderChoice, PushDevice, Reminder, ReminderTemplate, PushKey,
  SyncDevice, SyncOperation, HubClass, HubOperation,
  Backup,
  PrivacyRequest, ConsentEnd, DataIncident, DataIncidentStep,
];
