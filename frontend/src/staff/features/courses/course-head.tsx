import { type Draft, saveDraftHead } from '@lantoa/shared/curriculum';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Title, aim, audience and hours of the course. */
export function CourseHead({ draft, onDone }: { draft: Draft; onDone: () => void }) {
  const [f, setF] = useState({ title: draft.title, aim: draft.aim, audience: draft.audience, hours: draft.hours });
  const save = useMutation({ mutationFn: () => call(saveDraftHead, { params: { draftId: draft.id }, body: { ...f, revision: draft.revision } }), onSuccess: onDone });
  return (
    <details className="panel"><summary><strong>{t('course.head')}</strong></summary>
      <form className="stack" onSubmit={(e) => { e.preventDefault(); save.mutate(); }}>
        {(['title', 'aim', 'audience'] as const).map((k) => <TextInput key={k} label={t(`course.${k}`)} value={f[k]} disabled={!draft.mayEdit} onChange={(e) => setF({ ...f, [k]: e.currentTarget.value })} />)}
        <NumberInput label={t('course.hours')} value={f.hours} min={0.5} max={200} decimalSeparator="," disabled={!draft.mayEdit} onChange={(v) => setF({ ...f, hours: Number(v) || 1 })} />
        <ProblemAlert of={save} />
        {draft.mayEdit && <div><Button type="submit" loading={save.isPending}>{t('ui.save')}</Button></div>}
      </form>
    </details>
  );
}
