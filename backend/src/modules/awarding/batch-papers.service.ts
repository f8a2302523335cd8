import { Injectable } from '@nestjs/common';
import { type Actor, problem } from '#platform/http';
import { type Offset, PapersService } from '#modules/credentials';
import { BatchViews } from './batch-views.ts';
import { BatchesQueries } from './batches.queries.ts';
import { toLookAt } from './eligibility.rules.ts';
import { HandOutPrints } from './hand-out-prints.ts';
import { IssuingService } from './issuing.service.ts';

/** What a batch prints, and what it looks like before it is approved. */
@Injectable()
export class BatchPapersService {
  constructor(private readonly queries: BatchesQueries, private readonly views: BatchViews, private readonly papers: PapersService, private readonly issuing: IssuingService, private readonly prints: HandOutPrints) {}

  /** All papers of a batch as one document. */
  async print(actor: Actor, batchId: string, offset: Offset): Promise<Uint8Array> {
    return this.papers.together(await this.given(actor, batchId), offset);
  }

  async handOut(actor: Actor, batchId: string): Promise<Uint8Array> {
    const row = await this.views.row(actor, batchId);
    return this.prints.sheet(row, await this.given(actor, batchId));
  }

  /** The longest name and three others, with a watermark and the numbers that they would get. */
  async preview(actor: Actor, batchId: string) {
    const row = await this.views.row(actor, batchId);
    const places = (await this.queries.places(row.id)).filter((p) => p.verdict !== 'left-out');
    const looked = toLookAt(places);
    const drafts = await this.issuing.drafts(row, looked);
    return { items: await Promise.all(looked.map(async (p, i) => ({ name: p.name, svg: await this.papers.draft(drafts[i] as (typeof drafts)[number]) }))) };
  }

  /** Asks again for what is missing of a batch: papers, credentials. */
  async makeMissing(actor: Actor, batchId: string): Promise<{ asked: number }> {
    return { asked: await this.papers.askMissing(await this.given(actor, batchId)) };
  }

  private async given(actor: Actor, batchId: string): Promise<string[]> {
    const ids = await this.views.entryIds((await this.views.row(actor, batchId)).id);
    if (!ids.length) throw problem('awarding.not-approved');
    return ids;
  }
}
