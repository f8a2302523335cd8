import { printClassSlips } from '@lantoa/shared/class-papers';
import { issueClassSlips, listEnrolments } from '@lantoa/shared/training';
import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, query } from '../../../lib/api.ts';
import { openFile } from '../../../lib/file.ts';
import { t } from '../../../lib/i18n.ts';
import { Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { SlipSheet } from '../../../ui/slip-sheet.tsx';

/** Slips of the class as a PDF, eight on a page; or one person's on the screen. New ones void the ones before. */
export function Slips({ classId }: { classId: string }) {
  const people = useQuery(query(listEnrolments, { params: { classId } }));
  const print = useMutation({ mutationFn: (personIds?: string[]) => openFile(printClassSlips, { params: { classId }, body: personIds ? { personIds } : {} }, 'phieu-kich-hoat.pdf') });
  const issue = useMutation({ mutationFn: (personId: string) => call(issueClassSlips, { params: { classId }, body: { personIds: [personId] } }) });
  if (issue.data) return <SlipSheet slips={issue.data.items} />;
  return (
    <div className="stack">
      <Alert color="nghe">{t('slips.warning')}</Alert>
      <ProblemAlert of={issue} /><ProblemAlert of={print} />
      {print.isSuccess && <Alert color="rung">{t('slips.made')}</Alert>}
      <Button loading={print.isPending} onClick={() => print.mutate(undefined)}>{t('slips.all', { n: people.data?.items.length ?? 0 })}</Button>
      <Loaded query={people}>{({ items }) => <div>{items.map((p) => <div key={p.id} className="person wraps"><span><strong>{p.name}</strong><br /><span className="sub">{p.birthYear} · {p.unitName}</span></span><span className="row-s"><Button variant="outline" size="compact-md" loading={issue.isPending && issue.variables === p.personId} onClick={() => issue.mutate(p.personId)}>{t('slips.one')}</Button><Button variant="subtle" size="compact-md" onClick={() => print.mutate([p.personId])}>{t('slips.onePdf')}</Button></span></div>)}</div>}</Loaded>
    </div>
  );
}
