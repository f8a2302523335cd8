import { addDraftLesson, type Draft, moveDraftLesson, removeDraftLesson, restoreDraftLesson } from '@lantoa/shared/curriculum';
import { Alert, Button, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { call } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Dialog, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { CourseHead } from './course-head.tsx';
import { LessonEditor } from './lesson-editor.tsx';
import { Review } from './review.tsx';

const UNDO_MS = 8000;

/** Outline, form, preview; on a phone one under the other. The place in the outline stands in the address. */
export function Editor({ draft }: { draft: Draft }) {
  const client = useQueryClient();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<string>();
  // Counts how often somebody else's newer text was taken: the form begins anew with it.
  const [taken, setTaken] = useState(0);
  const refresh = () => client.invalidateQueries({ queryKey: ['curriculum', 'getCourse'] });
  const lesson = draft.lessons.find((l) => l.content.slug === params.get('bai')) ?? draft.lessons[0];
  const cardIndex = Math.min(Number(params.get('the') ?? 0) || 0, Math.max(0, (lesson?.content.cards.length ?? 1) - 1));
  const go = (bai: string, the = 0) => setParams({ bai, the: String(the) });
  const move = useMutation({ mutationFn: ({ id, by }: { id: string; by: -1 | 1 }) => call(moveDraftLesson, { params: { draftId: draft.id, lessonId: id }, body: { by } }), onSuccess: refresh });
  const remove = useMutation({ mutationFn: (id: string) => call(removeDraftLesson, { params: { draftId: draft.id, lessonId: id } }), onSuccess: (_, id) => { setRemoved(id); void refresh(); } });
  const restore = useMutation({ mutationFn: (id: string) => call(restoreDraftLesson, { params: { draftId: draft.id, lessonId: id } }), onSuccess: () => { setRemoved(undefined); void refresh(); } });
  useEffect(() => {
    if (!removed) return;
    const timer = setTimeout(() => setRemoved(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed]);
  return (
    <div className="stack">
      <Review draft={draft} onDone={refresh} />
      {removed && <Alert color="nghe" role="status"><span className="row-s">{t('editor.removed')}<Button size="compact-md" variant="outline" loading={restore.isPending} onClick={() => restore.mutate(removed)}>{t('ui.undo')}</Button></span></Alert>}
      <ProblemAlert of={move} /><ProblemAlert of={remove} />
      <div className="editor">
        <aside className="panel"><h2>{t('editor.outline')}</h2>
          <ol className="outline">{draft.lessons.map((l, i) => {
            const bad = l.findings.filter((f) => f.blocks).length;
            const here = l.id === lesson?.id;
            return (
              <li key={l.id}>
                <button type="button" className="go" aria-current={here ? 'true' : undefined} onClick={() => go(l.content.slug)}>{i + 1}. {l.content.title} {bad > 0 && <span className="tag bad">{t('editor.toMend', { n: bad })}</span>}</button>
                {here && <>
                  <ol>{l.content.cards.map((c, n) => <li key={c.slug}><button type="button" className="go" aria-current={n === cardIndex ? 'true' : undefined} onClick={() => go(l.content.slug, n)}>{n + 1}. {c.title}</button></li>)}</ol>
                  {draft.mayEdit && <span className="row-s">
                    <Button size="compact-sm" variant="default" aria-label={t('editor.up')} disabled={i === 0} onClick={() => move.mutate({ id: l.id, by: -1 })}><IconArrowUp size={16} aria-hidden /></Button>
                    <Button size="compact-sm" variant="default" aria-label={t('editor.down')} disabled={i === draft.lessons.length - 1} onClick={() => move.mutate({ id: l.id, by: 1 })}><IconArrowDown size={16} aria-hidden /></Button>
                    <Button size="compact-sm" variant="default" aria-label={t('editor.removeLesson')} onClick={() => remove.mutate(l.id)}><IconTrash size={16} aria-hidden /></Button>
                  </span>}
                </>}
              </li>
            );
          })}</ol>
          {draft.mayEdit && <Button mt="sm" fullWidth variant="outline" onClick={() => setAdding(true)}>{t('editor.addLesson')}</Button>}
        </aside>
        {lesson && <LessonEditor key={`${lesson.id} ${taken}`} draft={draft} lesson={lesson} cardIndex={cardIndex} onCard={(n) => go(lesson.content.slug, n)} onReload={() => refresh().then(() => setTaken(taken + 1))} />}
      </div>
      <CourseHead key={draft.revision} draft={draft} onDone={refresh} />
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('editor.addLesson')}><NewLesson draft={draft} onDone={(slug) => { setAdding(false); void refresh().then(() => go(slug)); }} /></Dialog>
    </div>
  );
}

const TEMPLATES = ['five-cards', 'case', 'questions'] as const;

function NewLesson({ draft, onDone }: { draft: Draft; onDone: (slug: string) => void }) {
  const [title, setTitle] = useState('');
  const [template, setTemplate] = useState<(typeof TEMPLATES)[number]>('five-cards');
  const add = useMutation({ mutationFn: () => call(addDraftLesson, { params: { draftId: draft.id }, body: { title, template } }), onSuccess: (d) => onDone(d.lessons.at(-1)?.content.slug ?? '') });
  return (
    <form className="stack" onSubmit={(e) => { e.preventDefault(); add.mutate(); }}>
      <TextInput label={t('editor.lessonTitle')} value={title} required onChange={(e) => setTitle(e.currentTarget.value)} />
      <Select label={t('editor.template')} value={template} allowDeselect={false} data={TEMPLATES.map((x) => ({ value: x, label: t(`template.${x}`) }))} onChange={(v) => v && setTemplate(v as (typeof TEMPLATES)[number])} />
      <ProblemAlert of={add} />
      <div><Button type="submit" loading={add.isPending}>{t('editor.addLesson')}</Button></div>
    </form>
  );
}
