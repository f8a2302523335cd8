import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { exportBook, printBook } from '@lantoa/shared/register';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, problem, reaches } from '#platform/http';
import { Printer } from '#platform/print';
import { dateLine, shortDay } from '../papers/paper-text.rules.ts';
import { bookRow, bookWorkbook } from './book-file.ts';
import { Issuer } from './register.entity.ts';
import { RegisterQueries } from './register.queries.ts';

/** The book of a year as a document. */
@Injectable()
export class BookPrintsService {
  constructor(private readonly db: Db, private readonly queries: RegisterQueries, private readonly printer: Printer) {}

  /** The book of a year as PDF, every issuer from a new page; for those who may read all of an issuer's book. */
  async print(reach: Issuer[], query: ArgsOf<typeof printBook>['query']): Promise<Uint8Array> {
    const books = await Promise.all(reach.map(async (i) => ({ parent: i.parentName, agency: i.name, placeAndDate: dateLine(i.place, clock.today()), rows: (await this.queries.ofYear(i.id, query.year, clock.today())).map(bookRow) })));
    const kept = books.filter((b) => b.rows.length);
    if (!kept.length) throw problem('credentials.no-book', { year: query.year });
    return this.printer.pdf('register-book', { year: String(query.year), sheet: query.sheet, printedOn: shortDay(clock.today()), books: kept });
  }

  async export(reach: Issuer[], query: ArgsOf<typeof exportBook>['query']): Promise<Uint8Array> {
    const lines = (await Promise.all(reach.map((i) => this.queries.ofYear(i.id, query.year, clock.today())))).flat();
    if (!lines.length) throw problem('credentials.no-book', { year: query.year });
    return bookWorkbook(lines, query.year);
  }

  /** The issuers whose whole book the actor may read. A part of a book is no book. */
  async issuers(actor: Actor | null): Promise<Issuer[]> {
    const reach = actor ? await actor.reach('register.read') : 'everywhere';
    return (await this.db.repo(Issuer).find({ order: { slug: 'ASC' } })).filter((i) => reaches(reach, i.unitId));
  }
}
