import { getCourse, openDraft } from '@lantoa/shared/curriculum';
import { Button, Tabs } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Editor } from './editor.tsx';
import { Exchange } from './exchange.tsx';
import { Recordings } from './recordings.tsx';
import { Versions } from './versions.tsx';

const TABS = ['sua', 'phien-ban', 'ban-thu', 'xuat-nhap'] as const;

/** One course: its draft, its versions, its recordings, and the door to files. */
export default function CoursePage({ slug }: { slug: string }) {
  const client = useQueryClient();
  const course = useQuery(query(getCourse, { params: { courseSlug: slug } }));
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((x) => x === params.get('phan')) ?? 'sua';
  const open = useMutation({ mutationFn: () => call(openDraft, { params: { courseSlug: slug } }), onSuccess: () => client.invalidateQueries({ queryKey: ['curriculum'] }) });
  return (
    <Loaded query={course} height={500}>{(c) => (
      <>
        <Head title={c.title} back="/quan-ly/khoa" sub={c.versions[0] ? t('courses.version', { n: c.versions[0].number }) : t('courses.unpublished')} />
        <Tabs value={tab} onChange={(v) => setParams(v && v !== 'sua' ? { phan: v } : {})} keepMounted={false}>
          <Tabs.List>{TABS.map((x) => <Tabs.Tab key={x} value={x}>{t(`course.tab.${x}`)}</Tabs.Tab>)}</Tabs.List>
          <Tabs.Panel value="sua" pt="md">{c.draft ? <Editor draft={c.draft} /> : <Empty action={c.mayEdit && <><ProblemAlert of={open} /><Button loading={open.isPending} onClick={() => open.mutate()}>{t('draft.open')}</Button></>}>{t(c.mayEdit ? 'draft.none' : 'draft.noneRead')}</Empty>}</Tabs.Panel>
          <Tabs.Panel value="phien-ban" pt="md"><Versions slug={slug} versions={c.versions} hasDraft={c.draft !== null} /></Tabs.Panel>
          <Tabs.Panel value="ban-thu" pt="md"><Recordings slug={slug} /></Tabs.Panel>
          <Tabs.Panel value="xuat-nhap" pt="md"><Exchange slug={slug} mayEdit={c.mayEdit} published={c.versions.length > 0} /></Tabs.Panel>
        </Tabs>
      </>
    )}</Loaded>
  );
}
