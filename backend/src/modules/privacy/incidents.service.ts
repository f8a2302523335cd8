import { Injectable } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { addIncidentStep, Incident, noteIncident, StepKind } from '@lantoa/shared/incidents';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { DataIncident, DataIncidentStep } from './privacy.entity.ts';
import { standingOf } from './privacy.rules.ts';

/** Breaches of personal data. Whoever may answer people about their data can note one; all of them are seen by those who answer for the whole installation. */
@Injectable()
export class IncidentsService {
  constructor(private readonly db: Db, private readonly audit: Audit) {}

  async list(actor: Actor): Promise<{ items: Incident[] }> {
    const rows = await this.db.rows<DataIncident & { notedByName: string; steps: { kind: StepKind; words: string; by: string; at: string }[] }>(
      `select i.id, i.found_at as "foundAt", i.what, i.data, i.people, p.name as "notedByName",
          coalesce((select json_agg(json_build_object('kind', s.kind, 'words', s.words, 'by', b.name, 'at', s.at) order by s.at, s.id) from data_incident_step s join person b on b.id = s.by where s.incident_id = i.id), '[]') as steps
        from data_incident i join person p on p.id = i.noted_by where $1::uuid is null or i.noted_by = $1 order by i.found_at desc, i.id`, [await this.everybodys(actor) ? null : actor.personId]);
    return {
      items: rows.map(({ id, foundAt, what, data, people, notedByName, steps }) => {
        const { reportBy, ...standing } = standingOf(foundAt, steps, clock.now());
        return { id, foundAt: foundAt.toISOString(), what, data, people, notedBy: notedByName, reportBy: reportBy.toISOString(), ...standing, steps: steps.map((s) => ({ ...s, at: new Date(s.at).toISOString() })) };
      }),
    };
  }

  note(actor: Actor, { body }: ArgsOf<typeof noteIncident>): Promise<object> {
    return this.db.transaction(async () => {
      await this.db.lock(`incident:${body.id}`);
      if (await this.db.repo(DataIncident).existsBy({ id: body.id })) return {};
      if (new Date(body.foundAt) > clock.now()) throw problem('request.malformed', { field: 'foundAt' });
      await this.db.repo(DataIncident).insert({ ...body, foundAt: new Date(body.foundAt), notedBy: actor.personId, notedAt: clock.now() });
      await this.audit.record(actor, 'privacy.incident-noted', { type: 'incident', id: body.id });
      return {};
    });
  }

  add(actor: Actor, { params, body }: ArgsOf<typeof addIncidentStep>): Promise<object> {
    return this.db.transaction(async () => {
      await this.db.lock(`incident:${params.incidentId}`);
      const incident = orProblem(await this.db.repo(DataIncident).findOneBy({ id: params.incidentId }), 'privacy.not-found');
      if (incident.notedBy !== actor.personId && !(await this.everybodys(actor))) throw problem('privacy.not-found');
      const steps = await this.db.repo(DataIncidentStep).findBy({ incidentId: incident.id });
      if (steps.some((s) => s.id === body.id)) return {};
      if (standingOf(incident.foundAt, steps, clock.now()).state === 'closed') throw problem('privacy.wrong-state');
      await this.db.repo(DataIncidentStep).insert({ ...body, incidentId: incident.id, by: actor.personId, at: clock.now() });
      await this.audit.record(actor, `privacy.incident-${body.kind}`, { type: 'incident', id: incident.id });
      return {};
    });
  }

  private async everybodys(actor: Actor): Promise<boolean> {
    return (await actor.reach('privacy.run')) === 'everywhere';
  }
}
