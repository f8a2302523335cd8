import { notePrivacyRequest, type RequestKind, requestKinds } from '@lantoa/shared/privacy';
import { Alert, Button, Select, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { newId } from '@lantoa/shared/rules/ids';
import { Dialog, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** What somebody asks of their own data on paper or by telephone, into the register of such requests. */
export function DataRequest({ personId }: { personId: string }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<RequestKind>('view');
  const [note, setNote] = useState('');
  const [id, setId] = useState(newId);
  const save = useMutation({ mutationFn: () => call(notePrivacyRequest, { params: { personId }, body: { id, kind, note } }), onSuccess: () => { setOpen(false); setNote(''); setId(newId()); void client.invalidateQueries({ queryKey: ['privacy'] }); } });
  return (
    <section className="panel stack"><h2>{t('menu.privacy')}</h2>
      {save.data && <Alert color="rung" role="status">{t('privacy.noted', { day: day(save.data.answerBy) })}</Alert>}
      <div><Button variant="outline" onClick={() => setOpen(true)}>{t('privacy.note')}</Button></div>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('privacy.note')}><div className="stack">
        <Select label={t('privacy.what')} value={kind} onChange={(v) => v && setKind(v as RequestKind)} data={requestKinds.map((k) => ({ value: k, label: t(`privacy.kind.${k}`) }))} allowDeselect={false} />
        <Textarea label={t('privacy.theirWords')} value={note} onChange={(e) => setNote(e.currentTarget.value)} autosize minRows={2} />
        <ProblemAlert of={save} /><Button loading={save.isPending} onClick={() => save.mutate()}>{t('privacy.noteNow')}</Button>
      </div></Dialog>
    </section>
  );
}
