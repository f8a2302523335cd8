import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { LayoutFault, previewTemplate, printTestSheet, samples } from '@lantoa/shared/templates';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { orProblem } from '#platform/http';
import { fontMeasure, Printer } from '#platform/print';
import { Issuer, type RegisterEntry } from '../register/register.entity.ts';
import { bodyLines, faultsOf, printed } from './layout.rules.ts';
import { bodyValues } from './paper-content.ts';
import { PaperMaker } from './paper-maker.ts';
import { TemplatesService } from './templates.service.ts';

/** Invented names: a short one, the longest that was met with all letters of the Central Highlands, and a unit of two lines. */
const SAMPLES: Record<(typeof samples)[number], { holderName: string; unitName: string }> = {
  short: { holderName: 'Y Blŏ', unitName: 'Xã Mẫu, tỉnh Mẫu' },
  long: { holderName: 'Y Blŏ Ƀlơ̆ Siu Hʼƀư̆ Kpă Ñiê Čil Rơ Châm Rah Lan Hʼ Rŭk', unitName: 'Xã Mẫu, tỉnh Mẫu' },
  'two-line-unit': { holderName: 'Nguyễn Thị Mẫu', unitName: 'Chi hội Phụ nữ thôn Kon Rơ Bàng 2, xã Ngọk Bay, tỉnh Mẫu (mẫu để thử, không có thật, tên dài hai dòng)' },
};
const NUMBERS: Record<string, string> = { agency: 'Cơ quan', national: 'Quốc hiệu', title: 'Tiêu đề', name: 'Họ tên', body: 'Nội dung', date: 'Ngày', signature: 'Chữ ký', numbers: 'Số', qr: 'QR' };

/** Trying a layout before it is kept. */
@Injectable()
export class PreviewsService {
  constructor(private readonly db: Db, private readonly maker: PaperMaker, private readonly templates: TemplatesService, private readonly printer: Printer) {}

  /** What a layout would print, with a watermark, and what is wrong with it. A layout in which nothing can be placed still shows its faults. */
  async preview({ body }: ArgsOf<typeof previewTemplate>): Promise<{ svg: string; faults: LayoutFault[] }> {
    const { layout } = body;
    const issuer = (await this.db.repo(Issuer).find({ order: { slug: 'ASC' }, take: 1 }))[0] ?? SAMPLE_ISSUER;
    const entry = sampleEntry(body.sample);
    const content = await this.maker.content({ entry, issuer, layout, full: false, stamp: await this.templates.stampsOf([layout]) });
    const svg = await this.printer.svg('certificate', { title: 'Xem trước', issuer: issuer.name, dx: 0, dy: 0, watermark: 'BẢN XEM TRƯỚC', papers: [content] });
    return { svg, faults: faultsOf(layout, { name: entry.holderName, body: bodyLines(layout.body, bodyValues(entry)), heading: layout.heading, lead: layout.lead }, fontMeasure) };
  }

  /** A sheet with a grid and the zones of a version, to measure how far a printer is off. */
  async testSheet({ params, query }: ArgsOf<typeof printTestSheet>): Promise<Uint8Array> {
    const { layout } = orProblem(await this.templates.version(params.versionId), 'credentials.template-not-found');
    return this.printer.pdf('print-test', { ...query, zones: printed(layout.mode).map((name) => ({ ...layout.zones[name], name: NUMBERS[name] })) });
  }
}

const SAMPLE_ISSUER = { id: '', slug: '', unitId: '', name: 'Hội Liên hiệp Phụ nữ tỉnh Mẫu', parentName: 'Hội Liên hiệp Phụ nữ Việt Nam', place: 'Mẫu', phone: null };

function sampleEntry(sample: (typeof samples)[number]): RegisterEntry {
  const today = clock.today();
  return {
    ...SAMPLES[sample], id: '', seq: 0, format: 2, kind: 'issue', issuerId: '', typeId: '', year: Number(today.slice(0, 4)), number: 147, registerNo: `0147/${today.slice(0, 4)}/MẪU`, serialNo: `MẪU ${today.slice(0, 4)}000147`, personId: '', holderFolded: '', birthYear: 1985, sex: 'female', unitId: '', title: 'Tập huấn giảng viên nòng cốt (mẫu)',
    hours: 16, issuedOn: today, validUntil: today, decisionNo: '1/QĐ-MẪU', signerTitle: 'TM. BAN THƯỜNG VỤ, CHỦ TỊCH', signerName: 'Nguyễn Thị Mẫu', evidence: { class: { id: '', code: '', title: '', unitName: '', from: today, until: today }, trainers: [] },
    refersTo: null, corrects: null, reason: null, note: null, templateVersionId: null, token: 'mau', recordedAt: clock.now(), previousHash: '', hash: '',
  };
}
