import { Injectable } from '@nestjs/common';
import type { printPaperTest, printRoomPoster } from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { showPhone } from '@lantoa/shared/rules/phone';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem, PublicUrl } from '#platform/http';
import { Printer, qrSvg } from '#platform/print';
import { FormsService } from '#modules/assessment';
import { PeopleService } from '#modules/people';
import { ClassReport, ClassSession, type TrainingClass } from '../class.entity.ts';
import { ClassesQueries } from '../classes.queries.ts';
import { ClassesService } from '../classes.service.ts';
import { Enrolment } from '../enrolment.entity.ts';
import { ProgrammesService } from '../programmes.service.ts';
import { ReportsService } from '../reports.service.ts';
import { RoomsService } from '../room/rooms.service.ts';
import { dayInWords, reportTables, shortDay } from './report-text.rules.ts';

const BLANK_ROWS = 5;
const LETTERS = 'ABCDEF';

/** What a class needs on paper: sign-in sheet, poster of the room, test sheets, the report in an office's form. */
@Injectable()
export class ClassPrintsService {
  constructor(private readonly db: Db, private readonly printer: Printer, private readonly url: PublicUrl, private readonly classes: ClassesService, private readonly queries: ClassesQueries, private readonly programmes: ProgrammesService, private readonly reports: ReportsService, private readonly rooms: RoomsService, private readonly forms: FormsService, private readonly people: PeopleService) {}

  async signInSheet(actor: Actor, sessionId: string): Promise<Uint8Array> {
    const session = orProblem(await this.db.repo(ClassSession).findOneBy({ id: sessionId }), 'training.session-not-found');
    const { cls, who } = await this.classes.see(actor, session.classId).catch(() => { throw problem('training.session-not-found'); });
    if (!who.team) throw problem('training.session-not-found');
    const enrolled = await this.enrolled(cls.id);
    const people = await this.people.findAll(enrolled.map((e) => e.personId));
    const rows = enrolled.map((e) => ({ name: e.name, birthYear: e.birthYear ? String(e.birthYear) : '', place: e.unitName, phone: phoneOf(people.get(e.personId)?.phone) }));
    return this.printer.pdf('sign-in', {
      ...(await this.head(cls)), title: cls.title, code: cls.code, when: `Buổi ${session.part === 'morning' ? 'sáng' : 'chiều'} ${shortDay(session.date)}, ${session.startsAt}–${session.endsAt}`, place: `${cls.place}, ${cls.unitName}`,
      rows, blank: BLANK_ROWS, placeAndDate: dayInWords(session.date, ''), trainers: (await this.queries.trainers(cls.id)).map((t) => t.name), qrSvg: await qrSvg(this.url.to(`/quan-ly/lop/${cls.id}`)),
    });
  }

  async poster(actor: Actor, { params, query }: ArgsOf<typeof printRoomPoster>): Promise<Uint8Array> {
    const room = await this.rooms.get(actor, params.roomId);
    return this.printer.pdf('poster', { title: room.classTitle, kind: room.kind, code: room.code, address: room.link.replace(/^https?:\/\//, '').replace(/\/\d{6}$/, ''), qrSvg: await qrSvg(room.link), paper: query.paper });
  }

  /** One sheet per person who has not handed in (or of those named), and blank ones for who comes. */
  async paperTest(actor: Actor, { params, query }: ArgsOf<typeof printPaperTest>): Promise<Uint8Array> {
    const { cls, who } = await this.classes.see(actor, params.classId);
    if (!who.team) throw problem('training.class-not-found');
    const form = await this.forms.get(params.kind === 'pre' ? cls.preFormId : cls.postFormId);
    const wanted = query.personIds ? new Set(query.personIds.split(',')) : null;
    const people = (await this.enrolled(cls.id)).filter((e) => wanted?.has(e.personId) ?? query.blank === 0);
    const sheets = [...people.map((e) => ({ name: e.name, place: e.unitName, ref: `${cls.code}/${params.kind}/${e.id}` })), ...Array.from({ length: query.blank }, () => ({ name: '', place: '', ref: `${cls.code}/${params.kind}` }))];
    if (!sheets.length) throw problem('training.not-enrolled');
    const questions = form.questions.map((q) => ({ stem: q.stem, kind: q.kind, options: q.options.map((o, i) => ({ letter: LETTERS[i] ?? '', text: o.text })), matches: q.options.flatMap((o) => (o.match ? [o.match] : [])).sort((a, b) => (a.id < b.id ? -1 : 1)).map((m, i) => ({ number: i + 1, text: m.text })) }));
    return this.printer.pdf('paper-test', { title: form.title, class: `${cls.title} (${cls.code})`, questions, sheets: await Promise.all(sheets.map(async (s) => ({ ...s, qrSvg: await qrSvg(s.ref) }))) });
  }

  async report(actor: Actor, classId: string): Promise<Uint8Array> {
    const { cls } = await this.classes.see(actor, classId);
    const results = await this.reports.resultsFor(actor, classId);
    const written = await this.db.repo(ClassReport).findOneBy({ classId });
    const marks = await this.queries.marks(classId);
    const trainers = await this.queries.trainers(classId);
    const day = written ? clock.dayOf(written.submittedAt) : clock.today();
    return this.printer.pdf('class-report', {
      ...(await this.head(cls)), number: `Lớp ${cls.code}`, placeAndDate: dayInWords(day, cls.unitName.replace(/^(Tỉnh|Thành phố|Huyện|Thị xã|Thị trấn|Xã|Phường) /, '')), title: cls.title, place: `${cls.place}, ${cls.unitName}`, period: cls.startsOn === cls.endsOn ? shortDay(cls.startsOn) : `${shortDay(cls.startsOn)}–${shortDay(cls.endsOn)}`,
      trainers: trainers.map((t) => (t.registerNo ? `${t.name} (giấy số ${t.registerNo})` : t.body ? `${t.name} (${t.body})` : t.name)), ...reportTables(results, await this.queries.sessions(classId), marks), good: written?.good ?? '', difficult: written?.difficult ?? '', support: written?.support ?? '', signer: trainers[0]?.name ?? '', draft: !written,
    });
  }

  private async head(cls: TrainingClass) {
    const tier = await this.programmes.tier(cls.tierId);
    const [issuer] = await this.db.rows<{ name: string; parentName: string }>('select i.name, i.parent_name as "parentName" from certificate_type t join issuer i on i.id = t.issuer_id where t.id = $1', [tier.certificateTypeId]);
    return { agency: issuer?.name ?? '', parent: issuer?.parentName ?? '' };
  }

  private async enrolled(classId: string): Promise<Enrolment[]> {
    return (await this.db.repo(Enrolment).find({ where: { classId }, order: { sortKey: 'ASC' } })).filter((e) => e.duplicateOfId === null);
  }
}

const phoneOf = (phone: string | null | undefined): string => (phone ? showPhone(phone) : '');
