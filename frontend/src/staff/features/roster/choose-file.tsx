import { getRoster, getRosterProgress, getRosterTemplate, readRoster } from '@lantoa/shared/training';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, FileButton, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

const ASK_MS = 600;

/** A file from Excel, dragged or chosen, or a list pasted from Excel or Zalo. While it is read, how far it is. */
export function ChooseFile({ classId, at }: { classId: string; at: string }) {
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const [id, setId] = useState<string>();
  const [pasted, setPasted] = useState('');
  const [over, setOver] = useState(false);
  const read = useMutation({
    mutationFn: async (file: File) => {
      const rosterId = newId();
      setId(rosterId);
      return call(readRoster, { params: { classId }, body: { id: rosterId, fileName: file.name.replace(/[<>]/g, ''), contentBase64: await base64Of(file) } }, { signal: AbortSignal.timeout(120_000) });
    },
    onSuccess: (review) => { client.setQueryData(query(getRoster, { params: { rosterId: review.id } }).queryKey, review); navigate(`${at}/nhap/${review.id}`); },
  });
  const progress = useQuery({ ...query(getRosterProgress, { params: { rosterId: id ?? '' } }), enabled: read.isPending && id !== undefined, refetchInterval: ASK_MS, staleTime: 0 });
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    const file = e.dataTransfer.files[0];
    if (file) read.mutate(file);
  };
  return (
    <section className="panel stack" style={{ maxWidth: 640, ...(over && { outline: '3px dashed var(--cham-600)' }) }} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop} aria-label={t('roster.choose')}>
      <p style={{ margin: 0 }}>{t('roster.how')}</p>
      <ProblemAlert of={read} />
      {read.isPending && <div role="status"><p style={{ margin: 0 }}>{progress.data?.of ? t('roster.reading', { n: number(progress.data.done), of: number(progress.data.of) }) : t('roster.readingFile')}</p><progress style={{ width: '100%' }} {...(progress.data?.of ? { value: progress.data.done, max: progress.data.of } : {})} aria-label={t('roster.readingFile')} /></div>}
      <div className="row-s">
        <FileButton onChange={(f) => f && read.mutate(f)} accept=".xlsx,.xls,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv" inputProps={{ 'aria-label': t('roster.choose') }}>{(props) => <Button {...props} loading={read.isPending}>{t('roster.choose')}</Button>}</FileButton>
        <Button component="a" variant="outline" href={addressOf(getRosterTemplate, {})}>{t('roster.template')}</Button>
      </div>
      <details><summary style={{ cursor: 'pointer', minHeight: 40 }}>{t('roster.paste')}</summary><div className="stack"><Textarea label={t('roster.pasteHere')} description={t('roster.pasteHow')} value={pasted} onChange={(e) => setPasted(e.currentTarget.value)} autosize minRows={4} maxRows={12} /><div><Button variant="outline" disabled={!pasted.trim()} loading={read.isPending} onClick={() => read.mutate(new File([pasted], `${t('roster.pasted')}.csv`))}>{t('roster.readPasted')}</Button></div></div></details>
    </section>
  );
}
