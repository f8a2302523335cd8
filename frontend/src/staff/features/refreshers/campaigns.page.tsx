import { type Campaign, listCalls, listCampaigns } from '@lantoa/shared/refreshers';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Empty, Head, Loaded } from '../../../ui/staff-parts.tsx';
import { Calls } from './calls.tsx';
import { Steps } from './steps.tsx';

export const LOOK: Record<Campaign['status'], string> = { running: 'busy', paused: 'warn', ended: '' };

/** Refresher campaigns for those who answer for units; for trainers, whom of their own learners to call. */
export default function CampaignsPage() {
  const may = new Set(useSession()?.permissions);
  return (
    <>
      <Head title={t('campaign.title')} sub={t('campaign.sub')}>{may.has('campaign.run') && <><Button component={Link} variant="outline" href="/quan-ly/dot-on/loi-nhac">{t('remindText.title')}</Button><Button component={Link} href="/quan-ly/dot-on/moi">{t('campaign.new')}</Button></>}</Head>
      {may.has('cascade.read') && <List mayRun={may.has('campaign.run')} />}
      {may.has('class.run') && <OwnCalls quiet={may.has('cascade.read')} />}
    </>
  );
}

function List({ mayRun }: { mayRun: boolean }) {
  const campaigns = useQuery(query(listCampaigns, {}));
  return (
    <Loaded query={campaigns} height={300}>{({ items }) => (items.length === 0
      ? <Empty action={mayRun && <Button component={Link} variant="outline" href="/quan-ly/dot-on/moi">{t('campaign.new')}</Button>}>{t('campaign.empty')}</Empty>
      : <div className="cards">{items.map((c) => (
        <article key={c.id} className="panel stack">
          <div className="row-s" style={{ justifyContent: 'space-between' }}><Link href={`/quan-ly/dot-on/${c.id}`}><strong>{c.title}</strong></Link><span className={`tag ${LOOK[c.status]}`}>{t(`campaign.${c.status}`)}</span></div>
          <p className="sub">{t('campaign.line', { course: c.courseTitle, unit: c.unitName, n: c.questions, rounds: c.rounds, day: day(c.startsOn) })}</p>
          <Steps s={c.steps} />
        </article>
      ))}</div>)}</Loaded>
  );
}

/** Offices run classes too, but seldom have learners of their own: nothing is said where there is nothing. */
function OwnCalls({ quiet }: { quiet: boolean }) {
  const calls = useQuery(query(listCalls, {}));
  return <Loaded query={calls} height={120}>{({ items }) => (items.length ? <><h2>{t('calls.own')}</h2><Calls items={items} file="can-goi" /></> : quiet ? null : <section className="panel"><h2>{t('calls.own')}</h2><p className="sub">{t('calls.none')}</p></section>)}</Loaded>;
}
