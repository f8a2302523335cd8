import '../../../lib/room-words.ts';
import { checkIn } from '@lantoa/shared/attendance';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { newId } from '@lantoa/shared/rules/ids';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { answerTo, outboxOf } from '../../../lib/outbox.ts';
import { problemText } from '../../../lib/problem-text.ts';
import { useSession } from '../../../lib/session.ts';
import { Bar, Notice, Skeletons } from '../../../ui/parts.tsx';

/** Says "I am here", once for each code that was scanned. `null` while there is no network and it waits. */
async function sayHere(personId: string, sessionId: string, code: string): Promise<OutputOf<typeof checkIn> | null> {
  const outbox = outboxOf(personId);
  const known = (await outbox.kept()).find((op) => op.endpoint === checkIn.name && op.input.params?.sessionId === sessionId && (op.input.body as { code: string }).code === code);
  const id = newId();
  const [opId = ''] = known ? [known.opId] : await outbox.keep([{ endpoint: checkIn, input: { params: { sessionId }, body: { id, code, at: new Date().toISOString() } }, about: t('here.title') }]);
  return answerTo(outbox, opId);
}

/** The code of the hall was scanned: one is here. Without network it is kept and sent later, with the time of now. */
export default function CheckInPage({ sessionId, code }: { sessionId: string; code: string }) {
  const personId = useSession()?.person?.id ?? '';
  const here = useQuery({ queryKey: ['check-in', sessionId, code], queryFn: () => sayHere(personId, sessionId, code), staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: 'always' });
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
