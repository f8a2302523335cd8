import { type ChangeRequest, decideChange } from '@lantoa/shared/register';
import { newId } from '@lantoa/shared/rules/ids';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call } from '../lib/api.ts';
import { moment } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { ProblemAlert } from './staff-parts.tsx';

/** A change of the register that waits for a second person. */
export function ChangeCase({ r }: { r: ChangeRequest }) {
  const client = useQueryClient();
  const decide = useMutation({ mutationFn: (verdict: 'approved' | 'refused') => call(decideChange, { params: { requestId: r.id }, body: { verdict } }, { key: newId() }), onSuccess: () => client.invalidateQueries({ queryKey: ['register'] }) });
  return (
    <section className="panel stack">
      <div><h2 style={{ margin: 0 }}>{t(`change.waits.${r.act}`, { no: r.registerNo })}</h2><p className="sub"><Link href={`/quan-ly/so-cap/${r.entryId}`}>{r.holderName}</Link> · {t('change.askedBy', { name: r.askedBy, at: moment(r.askedAt) })}</p></div>
      <p style={{ margin: 0 }}><strong>{t(`reason.${r.reason}`)}</strong>. {r.note} ({t('change.decision', { no: r.decisionNo })})</p>
      {r.wording && <p style={{ margin: 0 }}>{t('change.newWords', { words: [r.wording.holderName, r.wording.birthYear, r.wording.unitName].filter(Boolean).join(', ') })}</p>}
      <ProblemAlert of={decide} />
      {r.mayDecide ? <div className="row-s"><Button color={r.act === 'revoke' ? 'do' : undefined} loading={decide.isPending && decide.variables === 'approved'} onClick={() => decide.mutate('approved')}>{t(`change.agree.${r.act}`)}</Button><Button variant="outline" loading={decide.isPending && decide.variables === 'refused'} onClick={() => decide.mutate('refused')}>{t('change.refuse')}</Button></div> : <p className="sub">{t('change.second')}</p>}
    </section>
  );
}
