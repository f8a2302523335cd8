import { createCourse, editableKit, listCourses, listDrafts, printKit } from '@lantoa/shared/curriculum';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

interface Row { slug: string; title: string; number: number | null; lessons: number; status: string | null; hasKit: boolean }
const LOOK: Record<string, string> = { draft: 'busy', review: 'warn', returned: 'bad' };

/** All courses: for those who write them with their drafts, for trainers with their kits. */
export default function CoursesPage() {
  const writes = useSession()?.permissions.includes('course.draft') ?? false;
  const drafts = useQuery({ ...query(listDrafts, {}), enabled: writes });
  const courses = useQuery({ ...query(listCourses, {}), enabled: !writes });
  const [adding, setAdding] = useState(false);
  const published: Row[] | undefined = courses.data?.items.map((c) => ({ slug: c.slug, title: c.title, number: c.number, lessons: c.lessons.length, status: null, hasKit: c.hasKit }));
  const rows = writes ? drafts.data?.items : published;
  return (
    <>
      <Head title={t('courses.title')} sub={t(writes ? 'courses.sub' : 'courses.subKits')}>{drafts.data?.mayEdit && <Button onClick={() => setAdding(true)}>{t('courses.add')}</Button>}</Head>
      <Loaded query={(writes ? drafts : courses) as never} height={400}>{() => (rows?.length ? <section className="panel cards">{rows.map((c) => <CourseRow key={c.slug} c={c} writes={writes} />)}</section> : <Empty>{t('courses.empty')}</Empty>)}</Loaded>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('courses.add')}><NewCourse /></Dialog>
    </>
  );
}

const CourseRow = ({ c, writes }: { c: Row; writes: boolean }) => (
  <div className="person wraps">
    <span><strong>{c.title}</strong><br /><span className="sub">{c.number === null ? t('courses.unpublished') : t('courses.version', { n: c.number })} · {t('courses.lessons', { n: c.lessons })}</span></span>
    {c.status && <span className={`tag ${LOOK[c.status]}`}>{t(`draft.${c.status}`)}</span>}
    <span className="row-s">
      {writes && <Button component={Link} href={`/quan-ly/khoa/${c.slug}`} size="compact-md">{t('courses.open')}</Button>}
      {writes && <Button component={Link} href={`/quan-ly/cau-hoi/khoa/${c.slug}`} size="compact-md" variant="outline">{t('bank.title')}</Button>}
      {c.hasKit && <Button component="a" href={addressOf(printKit, { params: { courseSlug: c.slug } })} size="compact-md" variant="outline">{t('courses.kitPdf')}</Button>}
      {c.hasKit && <Button component="a" href={addressOf(editableKit, { params: { courseSlug: c.slug } })} size="compact-md" variant="outline">{t('courses.kitDocx')}</Button>}
    </span>
  </div>
);

function NewCourse() {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [f, setF] = useState({ title: '', aim: '', audience: '', hours: 8 });
  const add = useMutation({
    mutationFn: () => call(createCourse, { body: f }, { key: newId() }),
    onSuccess: (d) => { void client.invalidateQueries({ queryKey: ['curriculum'] }); navigate(`/quan-ly/khoa/${d.courseSlug}`); },
  });
  const field = (k: 'title' | 'aim' | 'audience') => <TextInput label={t(`course.${k}`)} value={f[k]} required onChange={(e) => setF({ ...f, [k]: e.currentTarget.value })} />;
  return (
    <form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); add.mutate(); }}>
      {field('title')}{field('aim')}{field('audience')}
      <NumberInput label={t('course.hours')} value={f.hours} min={0.5} max={200} decimalSeparator="," onChange={(v) => setF({ ...f, hours: Number(v) || 1 })} />
      <ProblemAlert of={add} />
      <div><Button type="submit" loading={add.isPending}>{t('courses.add')}</Button></div>
    </form>
  );
}
