import { Injectable } from '@nestjs/common';
import type { Layout } from '@lantoa/shared/templates';
import * as clock from '#platform/clock';
import { PublicUrl } from '#platform/http';
import { Printer, qrSvg } from '#platform/print';
import type { Issuer, RegisterEntry } from '../register/register.entity.ts';
import { RegisterService, type ToIssue } from '../register/register.service.ts';
import { type Making, paperContent } from './paper-content.ts';
import { PdfSigner } from './pdf-signer.ts';
import { TemplatesService } from './templates.service.ts';

/** How far a printer is off, in mm. */
export interface Offset { dx: number; dy: number }

/** Puts entries on paper, each by the layout that it was issued with. */
@Injectable()
export class PaperMaker {
  constructor(private readonly printer: Printer, private readonly templates: TemplatesService, private readonly signer: PdfSigner, private readonly url: PublicUrl, private readonly register: RegisterService) {}

  address(entry: { token: string | null }): string {
    return this.url.to(`/v/${entry.token}`);
  }

  /** The QR code of a certificate's address, as SVG. */
  qr(entry: { token: string | null }): Promise<string> {
    return qrSvg(this.address(entry));
  }

  /** All entries as one file. */
  async pdf(entries: readonly RegisterEntry[], o: { full: boolean; offset: Offset }): Promise<Uint8Array> {
    return this.print(await this.known(entries), entries, o);
  }

  /** A full file for each entry, given to `kept` one after the other; what they share is looked up once. */
  async each(entries: readonly RegisterEntry[], kept: (entry: RegisterEntry, pdf: Uint8Array) => Promise<void>): Promise<void> {
    const known = await this.known(entries);
    for (const entry of entries) await kept(entry, await this.print(known, [entry], { full: true, offset: { dx: 0, dy: 0 } }));
  }

  private async known(entries: readonly RegisterEntry[]) {
    const issuers = new Map<string, Issuer>();
    for (const id of new Set(entries.map((e) => e.issuerId))) issuers.set(id, await this.register.issuer(id));
    const layouts = await this.templates.layoutsOf(entries);
    return { issuers, layouts: new Map(entries.map((e, i) => [e.id, layouts[i] as Layout])), stamp: await this.templates.stampsOf(layouts) };
  }

  private async print({ issuers, layouts, stamp }: Awaited<ReturnType<PaperMaker['known']>>, entries: readonly RegisterEntry[], o: { full: boolean; offset: Offset }): Promise<Uint8Array> {
    const issuer = issuers.get((entries[0] as RegisterEntry).issuerId) as Issuer;
    const papers = [];
    for (const entry of entries) papers.push(await this.content({ entry, issuer, layout: layouts.get(entry.id) as Layout, full: o.full, stamp }));
    const pdf = await this.printer.pdf('certificate', { title: `Giấy chứng nhận ${papers.map((p) => p.registerNo).join(', ').slice(0, 120)}`, issuer: issuer.name, ...o.offset, watermark: '', papers });
    // What is printed on paper is signed by hand; a file is signed by the operator's key, if there is one.
    return o.full ? this.signer.sign(pdf, { reason: `Giấy chứng nhận ${papers[0]?.registerNo ?? ''}`, name: issuer.name, at: clock.now() }) : pdf;
  }

  /** A certificate without numbers, as a picture with a watermark. */
  async draft(said: ToIssue): Promise<string> {
    const entry: RegisterEntry = {
      ...said, id: '', seq: 0, format: 2, kind: 'issue', issuerId: '', year: 0, number: null, registerNo: '…', serialNo: '…', holderFolded: '', validUntil: said.validUntil ?? said.issuedOn, refersTo: null, corrects: null, reason: null, note: null, token: 'xem-truoc', recordedAt: clock.now(), previousHash: '', hash: '',
    };
    const [issuer, [layout]] = [await this.register.issuerOf(said.typeId), await this.templates.layoutsOf([entry])];
    const content = await this.content({ entry, issuer, layout: layout as Layout, full: false, stamp: await this.templates.stampsOf([layout as Layout]) });
    return this.printer.svg('certificate', { title: 'Xem trước', issuer: issuer.name, dx: 0, dy: 0, watermark: 'BẢN XEM TRƯỚC', papers: [content] });
  }

  async content(m: Omit<Making, 'qrSvg' | 'base'>) {
    return paperContent({ ...m, qrSvg: await this.qr(m.entry), base: this.url.value });
  }
}
