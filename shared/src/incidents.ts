import { z } from 'zod';
import { Empty, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

// Breaches of personal data (Luật 91/2025/QH15, Điều 23; NĐ 356/2025/NĐ-CP, Điều 28): what happened, whom it may touch, what was done, and that it was reported within 72 hours.

export const incidentData = ['names', 'contacts', 'learning', 'certificates', 'ethnicity', 'secrets'] as const;
export const IncidentData = z.enum(incidentData);
export type IncidentData = z.infer<typeof IncidentData>;
/** What is added to an incident: what was found or done; that the authority, or the people, were told; the end of it. */
export const StepKind = z.enum(['note', 'reported', 'told', 'closed']);
export type StepKind = z.infer<typeof StepKind>;

export const Incident = z.object({
  id: Id, foundAt: z.iso.datetime(), what: z.string(), data: z.array(IncidentData), people: z.int().nullable(), notedBy: z.string(),
  /** The end of the 72 hours. */
  reportBy: z.iso.datetime(), state: z.enum(['open', 'reported', 'closed']), late: z.boolean(),
  steps: z.array(z.object({ kind: StepKind, words: z.string(), by: z.string(), at: z.iso.datetime() })),
}).meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

/** Those that oneself has noted; whoever answers for the whole installation sees all. */
export const listIncidents = endpoint({ name: 'privacy.listIncidents', method: 'GET', path: '/data-incidents', response: listOf(Incident) });
/** Notes an incident. The same `id` sent again changes nothing. `people`: how many it may touch, `null` while nobody knows. */
export const noteIncident = endpoint({
  name: 'privacy.noteIncident', method: 'POST', path: '/data-incidents',
  body: z.object({ id: Id, foundAt: z.iso.datetime(), what: Paragraph(4000).pipe(z.string().min(1)), data: z.array(IncidentData).max(incidentData.length), people: z.int().min(0).nullable() }), response: Empty,
});
/** Adds what was found, done or told since. What was written stays as it is. */
export const addIncidentStep = endpoint({
  name: 'privacy.addIncidentStep', method: 'POST', path: '/data-incidents/:incidentId/steps', params: z.object({ incidentId: Id }),
  body: z.object({ id: Id, kind: StepKind, words: Line(2000) }), response: Empty,
});
