import { exportCourse, importCourse, previewCourse } from '@lantoa/shared/assessment';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf, call } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Change } from './versions.tsx';

/** The door to files: the course as a zip, and back into the draft after a look at what would change. */
export function Exchange({ slug, mayEdit, published }: { slug: string; mayEdit: boolean; published: boolean }) {
  const client = useQueryClient();
  const [file, setFile] = useState<{ name: string; contentBase64: string }>();
  const preview = useMutation({ mutationFn: async (f: File) => { const contentBase64 = await base64Of(f); setFile({ name: f.name, contentBase64 }); return call(previewCourse, { params: { courseSlug: slug }, body: { contentBase64 } }); } });
  const apply = useMutation({ mutationFn: () => call(importCourse, { params: { courseSlug: slug }, body: { contentBase64: file?.contentBase64 ?? '' } }, { key: newId() }), onSuccess: () => client.invalidateQueries() });
  const p = preview.data;
  return (
    <div className="stack">
      <section className="panel stack"><h2>{t('exchange.out')}</h2><p className="sub">{t('exchange.outSub')}</p>
        {published ? <div><Button component="a" variant="outline" href={addressOf(exportCourse, { params: { courseSlug: slug } })}>{t('exchange.zip')}</Button></div> : <p>{t('courses.unpublished')}</p>}</section>
      {mayEdit && published && (
        <section className="panel stack"><h2>{t('exchange.in')}</h2><p className="sub">{t('exchange.inSub')}</p>
          <div><FileButton accept=".zip,application/zip" onChange={(f) => f && preview.mutate(f)}>{(props) => <Button {...props} variant="outline" loading={preview.isPending}>{t('exchange.choose')}</Button>}</FileButton></div>
          <ProblemAlert of={preview} />
          {p && p.faults.length > 0 && <Alert color="do" title={t('exchange.faults', { n: p.faults.length })}><ul style={{ margin: 0 }}>{p.faults.slice(0, 20).map((f) => <li key={f.file + f.line + f.message}>{f.file}:{f.line} {f.message}</li>)}</ul></Alert>}
          {p && p.faults.length === 0 && !apply.isSuccess && <>
            <p>{t('exchange.read', { lessons: p.lessons, pictures: p.pictures, questions: p.questions, fresh: p.newQuestions })}</p>
            {p.differences.map((d) => <Change key={`${d.lesson}/${d.card}/${d.change}`} d={d} />)}
            {p.differences.length === 0 && p.newQuestions === 0 ? <p>{t('versions.same')}</p> : <div><Button loading={apply.isPending} onClick={() => apply.mutate()}>{t('exchange.apply')}</Button></div>}
          </>}
          <ProblemAlert of={apply} />
          {apply.data && <Alert color="rung" role="status">{t('exchange.done', { n: apply.data.questionDrafts })}</Alert>}
        </section>
      )}
    </div>
  );
}
