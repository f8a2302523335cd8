import { importQuestions, previewQuestions, type QuestionFormat } from '@lantoa/shared/assessment';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, FileButton, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

const FORMATS: { value: QuestionFormat; label: string }[] = [{ value: 'moodle-xml', label: 'Moodle XML' }, { value: 'gift', label: 'GIFT' }, { value: 'aiken', label: 'Aiken' }];
const guess = (name: string): QuestionFormat | null => (/\.xml$/i.test(name) ? 'moodle-xml' : /\.gift$/i.test(name) ? 'gift' : null);

/** A question file of another system: what it holds, what cannot come, and nothing saved before the last press. */
export function ImportQuestions({ slug, onDone }: { slug: string; onDone: () => void }) {
  const [format, setFormat] = useState<QuestionFormat>('moodle-xml');
  const [file, setFile] = useState<{ format: QuestionFormat; contentBase64: string }>();
  const preview = useMutation({ mutationFn: async (f: File) => { const chosen = guess(f.name) ?? format; setFormat(chosen); const body = { format: chosen, contentBase64: await base64Of(f) }; setFile(body); return call(previewQuestions, { params: { courseSlug: slug }, body }); } });
  const apply = useMutation({ mutationFn: () => call(importQuestions, { params: { courseSlug: slug }, body: file as NonNullable<typeof file> }, { key: newId() }), onSuccess: onDone });
  const p = preview.data;
  const fresh = p?.questions.filter((q) => !q.known).length ?? 0;
  if (apply.data) return <Alert color="rung" role="status">{t('import.done', { n: apply.data.imported })}</Alert>;
  return (
    <div className="stack">
      <div className="row-s" style={{ alignItems: 'end' }}><Select label={t('import.format')} data={FORMATS} value={format} allowDeselect={false} onChange={(v) => v && setFormat(v as QuestionFormat)} />
        <FileButton onChange={(f) => f && preview.mutate(f)}>{(props) => <Button {...props} variant="outline" loading={preview.isPending}>{t('import.choose')}</Button>}</FileButton></div>
      <p className="sub">{t('import.nothingYet')}</p>
      <ProblemAlert of={preview} /><ProblemAlert of={apply} />
      {p && p.errors.length > 0 && <Alert color="do" title={t('import.broken')}><ul style={{ margin: 0 }}>{p.errors.slice(0, 10).map((e) => <li key={`${e.line}${e.message}`}>{e.line !== null && t('import.line', { n: e.line })} {e.message}</li>)}</ul></Alert>}
      {p && p.errors.length === 0 && <>
        <p>{t('import.counts', { read: p.read, fresh, known: p.unchanged, left: p.notSupported.length })}</p>
        {p.notSupported.length > 0 && <details><summary>{t('import.left', { n: p.notSupported.length })}</summary><ul>{p.notSupported.map((n) => <li key={n.name + n.reason}><strong>{n.name}</strong>: {n.reason}</li>)}</ul></details>}
        <ul className="tasks">{p.questions.slice(0, 50).map((q) => <li key={q.slug}><div><span>{q.stem}</span><span className={`tag ${q.known ? '' : q.faults ? 'warn' : 'ok'}`}>{q.known ? t('import.known') : q.faults ? t('editor.toMend', { n: q.faults }) : t(`kind.${q.kind}`)}</span></div></li>)}</ul>
        <div><Button disabled={fresh === 0} loading={apply.isPending} onClick={() => apply.mutate()}>{t('import.apply', { n: fresh })}</Button></div>
      </>}
    </div>
  );
}
