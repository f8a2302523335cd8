import { addClassFile, type ClassFile, removeClassFile } from '@lantoa/shared/attendance';
import { newId } from '@lantoa/shared/rules/ids';
import type { z } from 'zod';
import { Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { bytes, moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { lighterPhoto } from '../../../lib/picture.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

/** Photos of the signed sheet. The paper stays the record for allowances. */
export function SheetPhotos({ classId, sessionId, files }: { classId: string; sessionId: string; files: readonly z.infer<typeof ClassFile>[] }) {
  const client = useQueryClient();
  const done = { onSuccess: () => client.invalidateQueries({ queryKey: ['training'] }) };
  const add = useMutation({ mutationFn: async (file: File) => call(addClassFile, { params: { classId }, body: { id: newId(), sessionId, name: file.name.replace(/[<>]/g, ''), contentBase64: await base64Of(await lighterPhoto(file)) } }), ...done });
  const remove = useMutation({ mutationFn: (fileId: string) => call(removeClassFile, { params: { fileId } }), ...done });
  return (
    <section className="panel stack">
      <h2 style={{ margin: 0 }}>{t('attendance.sheet')}</h2>
      {files.map((f) => <div key={f.id} className="person"><span><a href={f.address} target="_blank" rel="noreferrer">{f.name}</a><br /><span className="sub">{bytes(f.bytes)} · {moment(f.addedAt)}</span></span><Button variant="subtle" color="do" size="compact-md" loading={remove.isPending && remove.variables === f.id} onClick={() => remove.mutate(f.id)}>{t('attendance.removeSheet')}</Button></div>)}
      <ProblemAlert of={add} /><ProblemAlert of={remove} />
      <div><FileButton onChange={(f) => f && add.mutate(f)} accept="image/*,application/pdf" inputProps={{ 'aria-label': t('attendance.photo'), capture: 'environment' }}>{(props) => <Button {...props} variant="outline" loading={add.isPending}>{t('attendance.photo')}</Button>}</FileButton></div>
    </section>
  );
}
