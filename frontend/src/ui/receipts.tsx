import { recordReceipts } from '@lantoa/shared/register';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../lib/api.ts';
import { todayHere } from '../lib/format.ts';
import { t } from '../lib/i18n.ts';
import { Dialog, ProblemAlert } from './staff-parts.tsx';

/** Who signed for papers, and when; nobody named means the holders themselves. */
export function Receipts({ entryIds, label }: { entryIds: readonly string[]; label: string }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [who, setWho] = useState('');
  const [on, setOn] = useState(todayHere());
  const record = useMutation({ mutationFn: () => call(recordReceipts, { body: { entryIds: [...entryIds], receivedBy: who.trim() || null, receivedOn: on } }, { key: newId() }), onSuccess: () => { setOpen(false); void client.invalidateQueries(); } });
  return (
    <>
      <Button variant="outline" disabled={!entryIds.length} onClick={() => setOpen(true)}>{label}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('receipts.title', { n: entryIds.length })}>
        <form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); record.mutate(); }}>
          <TextInput label={t('receipts.who')} description={t('receipts.whoHint')} value={who} onChange={(e) => setWho(e.currentTarget.value)} />
          <TextInput type="date" label={t('receipts.on')} value={on} max={todayHere()} onChange={(e) => setOn(e.currentTarget.value)} required />
          <ProblemAlert of={record} />
          <Button type="submit" loading={record.isPending}>{t('receipts.save')}</Button>
        </form>
      </Dialog>
    </>
  );
}
