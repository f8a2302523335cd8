import { Injectable, type OnModuleInit } from '@nestjs/common';
import { chunks } from '@lantoa/shared/rules/lists';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, problem } from '#platform/http';
import { Outbox } from '#platform/outbox';
import type { RegisterEntry } from '../register/register.entity.ts';
import { PER_JOB, RegisterService, type ToIssue } from '../register/register.service.ts';
import { type Offset, PaperMaker } from './paper-maker.ts';
import { Paper } from './template.entity.ts';


/** SQL: is there a paper of entry `e` with its last wording? */
const MADE = "exists (select 1 from paper p where p.entry_id = e.id and p.made_at >= coalesce((select max(c.recorded_at) from register_entry c where c.corrects = e.id), '-infinity'))";

/** From an entry the paper, behind the transaction that made the entry. A lost paper is made again from the same line. */
@Injectable()
export class PapersService implements OnModuleInit {
  constructor(private readonly db: Db, private readonly files: Files, private readonly making: PaperMaker, private readonly outbox: Outbox, private readonly register: RegisterService) {}

  onModuleInit(): void {
    this.outbox.on('certificates-issued', 'papers', ({ entryIds }) => this.makeMissing(entryIds));
    // A correction words the paper anew; an end leaves it as it was printed.
    this.outbox.on('certificates-changed', 'papers', ({ entryIds }) => this.makeMissing(entryIds));
  }

  /** The paper of one certificate, for those who may see it; made now if the job has not come to it yet. */
  async paper(actor: Actor, entryId: string): Promise<Uint8Array> {
    const entry = await this.register.visible(actor, entryId);
    const known = await this.db.repo(Paper).findOneBy({ entryId: entry.id });
    return (known && (await this.files.get(known.fileKey))) ?? this.make(entry.id);
  }

  /** One document of many pages, in the order of the book, to print at once. */
  async together(entryIds: string[], offset: Offset): Promise<Uint8Array> {
    const entries = await this.register.worded(entryIds);
    if (!entries.length) throw problem('credentials.not-found');
    return this.making.pdf(entries, { full: false, offset });
  }

  /** How a certificate would look that has no number yet: a picture with a watermark. */
  draft(said: ToIssue): Promise<string> {
    return this.making.draft(said);
  }

  /** Asks again for papers and credentials that are missing, of these certificates or of all; not for those whose making waits already. @returns of how many certificates something was missing */
  async askMissing(entryIds: readonly string[] | null): Promise<number> {
    const rows = await this.db.rows<{ id: string }>(
      `select e.id from register_entry e where e.kind = 'issue' and ($1::uuid[] is null or e.id = any($1::uuid[])) and (not ${MADE} or not exists (select 1 from signed_document d where d.entry_id = e.id and d.kind = 'credential' and d.wording = coalesce((select c.id from register_entry c where c.corrects = e.id order by c.seq desc limit 1), e.id)::text)) order by e.seq`, [entryIds]);
    const waiting = await this.outbox.waiting('certificates-issued', 'entryIds');
    const asked = rows.filter((r) => !waiting.has(r.id)).map((r) => r.id);
    await this.db.transaction(async () => { for (const some of chunks(asked, PER_JOB)) await this.outbox.emit('certificates-issued', { entryIds: some }); });
    return rows.length;
  }

  /** Makes the papers that are not there. Safe to run again after a crash. */
  async makeMissing(entryIds: readonly string[]): Promise<void> {
    const missing = await this.db.rows<{ id: string }>(`select e.id from register_entry e where e.id = any($1::uuid[]) and e.kind = 'issue' and not ${MADE}`, [entryIds]);
    await this.making.each(await this.register.worded(missing.map((m) => m.id)), (entry, pdf) => this.keep(entry, pdf));
  }

  private async make(entryId: string): Promise<Uint8Array> {
    const [entry] = (await this.register.worded([entryId])) as [RegisterEntry];
    const pdf = await this.making.pdf([entry], { full: true, offset: { dx: 0, dy: 0 } });
    await this.keep(entry, pdf);
    return pdf;
  }

  /** The file first, then the row that says it is there. */
  private async keep(entry: RegisterEntry, pdf: Uint8Array): Promise<void> {
    const fileKey = `papers/${entry.year}/${entry.id}.pdf`;
    await this.files.put(fileKey, pdf, 'application/pdf');
    await this.db.repo(Paper).upsert({ entryId: entry.id, fileKey, madeAt: clock.now() }, ['entryId']);
  }
}
