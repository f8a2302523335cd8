export interface Standing { enrolmentId: string; personId: string; name: string; unitName: string; outcome: 'passed' | 'not-passed' | 'absent' | null; hasCertificate: boolean }
export type Reason = 'not-passed' | 'absent' | 'has-certificate';

/** Why somebody gets no certificate now; empty for those who do. Only an approved report makes an outcome. */
export function reasonsAgainst(s: Pick<Standing, 'outcome' | 'hasCertificate'>): Reason[] {
  const reasons: Reason[] = [];
  if (s.outcome === 'absent') reasons.push('absent');
  else if (s.outcome !== 'passed') reasons.push('not-passed');
  if (s.hasCertificate) reasons.push('has-certificate');
  return reasons;
}

/** May this person approve a batch that another prepared? */
export const mayApprove = (batch: { status: string; preparedBy: string }, actor: { personId: string }): boolean => batch.status === 'prepared' && batch.preparedBy !== actor.personId;
