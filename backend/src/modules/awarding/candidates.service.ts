import { Injectable } from '@nestjs/common';
import type { Candidate, listCandidates } from '@lantoa/shared/awarding';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { type Actor, problem, PublicUrl, reaches } from '#platform/http';
import { TemplatesService } from '#modules/credentials';
import { ClassesService, ProgrammesService, type TrainingClass } from '#modules/training';
import { BatchesQueries, type StandingRow } from './batches.queries.ts';
import { mayOverride, reasonsAgainst } from './eligibility.rules.ts';

/** Who of completed classes gets a certificate. */
@Injectable()
export class CandidatesService {
  constructor(private readonly queries: BatchesQueries, private readonly classes: ClassesService, private readonly programmes: ProgrammesService, private readonly templates: TemplatesService, private readonly url: PublicUrl) {}

  async list(actor: Actor, { query }: ArgsOf<typeof listCandidates>) {
    const ids = query.classes.split(',').filter((id) => /^[0-9a-f-]{36}$/.test(id));
    const { classes, typeId, title } = await this.completed(actor, ids);
    const template = await this.templates.forType(typeId);
    const first = classes[0] as TrainingClass;
    const rule = await this.programmes.rule(first.tierId, first.startsOn);
    const { hostname } = new URL(this.url.value);
    return {
      certificateTitle: title, typeId, minAttendance: rule.minAttendance, passMark: rule.passMark, templateVersionId: template?.versionId ?? null, templateName: template?.name ?? null, earliest: classes.map((c) => c.endsOn).sort().at(-1) as string,
      items: (await this.queries.standings(ids)).map(candidate), address: this.url.value, local: hostname === 'localhost' || /^(127|10|192\.168)\./.test(hostname),
    };
  }

  standings(classIds: readonly string[]): Promise<StandingRow[]> {
    return this.queries.standings(classIds);
  }

  /** These classes, if the actor may prepare their certificates, all are completed, and all give the same one. */
  async completed(actor: Actor, ids: readonly string[]): Promise<{ classes: TrainingClass[]; typeId: string; title: string }> {
    const reach = await actor.reach('batch.prepare');
    const classes: TrainingClass[] = [];
    for (const id of ids) {
      const { cls, summary } = await this.classes.see(actor, id);
      if (!reaches(reach, cls.unitId)) throw problem('training.class-not-found');
      if (summary.status !== 'completed') throw problem('training.wrong-state', { state: summary.status });
      classes.push(cls);
    }
    const tiers = await Promise.all([...new Set(classes.map((c) => c.tierId))].map((id) => this.programmes.tier(id)));
    const [tier] = tiers;
    if (!tier) throw problem('training.class-not-found');
    if (tiers.some((t) => t.certificateTypeId !== tier.certificateTypeId)) throw problem('awarding.mixed-tiers');
    return { classes, typeId: tier.certificateTypeId, title: tier.certificateTitle };
  }
}

function candidate(s: StandingRow): Candidate {
  const reasons = reasonsAgainst(s);
  return { enrolmentId: s.enrolmentId, classId: s.classId, name: s.name, unitName: s.unitName, eligible: !reasons.length, reasons, attended: s.attended, sessions: s.sessions, score: s.score, mayOverride: mayOverride(reasons) };
}
