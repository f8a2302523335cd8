import '../../../lib/room-words.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { sayHere } from '../../../lib/check-ins.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';

/** The code of the hall was scanned: one is here. Without network it is kept and sent later, with the time of now. */
export default function CheckInPage({ sessionId, code }: { sessionId: string; code: string }) {
  const here = useQuery({ queryKey: ['check-in', sessionId, code], queryFn: () => sayHere(sessionId, code), staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' });
  return (
    <>
      <Bar title={t('here.title')} side={null} />
      <main className="page narrow">
        {here.isPending && <Skeletons n={1} />}
        {here.isError && <Notice kind="bad">{problemText(here.error)}</Notice>}
        {here.data && <Notice kind="ok"><strong>{t('here.done', { at: moment(here.data.at) })}</strong><br />{here.data.title}</Notice>}
        {here.data === null && <Notice kind="warn">{t('here.kept')}</Notice>}
        {(here.isError || here.data === null) && <button type="button" className="btn" onClick={() => void here.refetch()}>{t('here.again')}</button>}
        <Link className="btn second" href="/hoc">{t('ui.toToday')}</Link>
      </main>
    </>
  );
}
