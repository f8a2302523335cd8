import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, problem, PublicUrl } from '#platform/http';
import { Outbox } from '#platform/outbox';
import { Printer, qrSvg } from '#platform/print';
import { dateLine, shortDay } from './paper-text.rules.ts';
import { type Issuer, Paper, RegisterEntry } from './register.entity.ts';
import { RegisterService } from './register.service.ts';

/** From an entry the paper, behind the transaction that made the entry. A lost paper is made again from the same line. */
@Injectable()
export class PapersService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly files: Files, private readonly printer: Printer, private readonly outbox: Outbox, private readonly url: PublicUrl, private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.outbox.on('entry-recorded', 'paper', ({ entryId }) => this.make(entryId).then(() => {}));
  }

  /** The paper of one certificate, for those who may see it; made now if the job has not come to it yet. */
  async paper(actor: Actor, entryId: string): Promise<Uint8Array> {
    const entry = await this.register.visible(actor, entryId);
    const known = await this.db.repo(Paper).findOneBy({ entryId: entry.id });
    return (known && (await this.files.get(known.fileKey))) ?? this.make(entry.id);
  }

  /** One document of many pages, in the order of the book, to print at once. */
  async together(entryIds: string[]): Promise<Uint8Array> {
    const entries = await this.db.repo(RegisterEntry).find({ where: { id: In(entryIds) }, order: { seq: 'ASC' } });
    if (!entries.length) throw problem('credentials.not-found');
    return this.print(entries);
  }

  /** The QR code of a certificate's address, as SVG. */
  qr(entry: { token: string | null }): Promise<string> {
    return qrSvg(this.address(entry));
  }

  address(entry: { token: string | null }): string {
    return this.url.to(`/v/${entry.token}`);
  }

  private async make(entryId: string): Promise<Uint8Array> {
    const entry = await this.db.repo(RegisterEntry).findOneByOrFail({ id: entryId });
    const pdf = await this.print([entry]);
    const fileKey = `papers/${entry.year}/${entry.id}.pdf`;
    await this.files.put(fileKey, pdf, 'application/pdf');
    await this.db.repo(Paper).upsert({ entryId, fileKey, madeAt: clock.now() }, ['entryId']);
    return pdf;
  }

  private async print(entries: RegisterEntry[]): Promise<Uint8Array> {
    const issuer = await this.register.issuer((entries[0] as RegisterEntry).issuerId);
    const papers = await Promise.all(entries.map((e) => this.content(e, issuer)));
    return this.printer.pdf('certificate', { title: `Giấy chứng nhận ${papers.map((p) => p.registerNo).join(', ').slice(0, 120)}`, issuer: issuer.name, papers });
  }

  private async content(e: RegisterEntry, issuer: Issuer) {
    return {
      parentName: issuer.parentName.toUpperCase(), issuerName: issuer.name.toUpperCase(), issuerTitle: issuer.name, holderName: e.holderName, unitName: e.unitName, courseTitle: e.title, hours: String(e.hours),
      classLine: e.evidence ? `từ ngày ${shortDay(e.evidence.class.from)} đến ngày ${shortDay(e.evidence.class.until)}` : '',
      serialNo: e.serialNo, registerNo: e.registerNo, validUntil: shortDay(e.validUntil), checkAddress: this.url.value.replace(/^https?:\/\//, ''), placeAndDate: dateLine(issuer.place, e.issuedOn), signerTitle: e.signerTitle, signerName: e.signerName, qrSvg: await this.qr(e),
    };
  }
}
