import { type Call, noteCall } from '@lantoa/shared/refreshers';
import { showPhone } from '@lantoa/shared/rules/phone';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { day, moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { outboxOf } from '../../../lib/outbox.ts';
import { useSession } from '../../../lib/session.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { TableOf } from '../../../ui/table.ts';

/** Whom to call about a refresher that is late. That somebody was called is kept on this machine and sent when there is network. */
export function Calls({ items, file }: { items: readonly Call[]; file: string }) {
  const client = useQueryClient();
  const personId = useSession()?.person?.id ?? '';
  const called = useMutation({
    networkMode: 'always',
    mutationFn: async (c: Call) => {
      const outbox = outboxOf(personId);
      await outbox.keep([{ endpoint: noteCall, input: { params: { refresherId: c.refresherId }, body: { id: newId() } }, about: c.name }]);
      await outbox.flush();
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['refreshers'] }),
  });
  const table: TableOf = { columns: [{ label: t('calls.name') }, { label: t('register.unit') }, { label: t('trainers.phone') }, { label: t('calls.what') }, { label: t('calls.due'), kind: 'day' }, { label: t('calls.trainer') }, { label: t('overdue.called') }], rows: items.map((c) => [c.name, c.unitName, c.phone && showPhone(c.phone), c.title, c.dueOn, c.trainer, c.calledAt && moment(c.calledAt)]) };
  return (
    <Figure tableOnly title={t('calls.found', { n: items.length })} sub={t('calls.sub')} summary={t('calls.found', { n: items.length })} table={table} about={[]} file={file}>
      <div>{items.map((c) => (
        <div key={c.refresherId} className="person wraps">
          <span><strong>{c.name}</strong><br /><span className="sub">{[c.unitName, c.title, t('calls.dueOn', { day: day(c.dueOn) }), ...(c.trainer ? [t('calls.by', { name: c.trainer })] : [])].join(' · ')}</span></span>
          {c.phone ? <a className="callable" href={`tel:${c.phone}`}>{showPhone(c.phone)}</a> : <span className="sub">{t('places.noPhone')}</span>}
          <Button className="no-print" size="compact-md" variant="outline" loading={called.isPending && called.variables.refresherId === c.refresherId} onClick={() => called.mutate(c)}>{c.calledAt ? t('renew.calledAt', { at: moment(c.calledAt) }) : t('overdue.markCalled')}</Button>
        </div>
      ))}</div>
    </Figure>
  );
}
