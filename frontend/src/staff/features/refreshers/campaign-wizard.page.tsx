import { listCourses } from '@lantoa/shared/curriculum';
import { startCampaign, suggestCampaign } from '@lantoa/shared/refreshers';
import { Alert, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number, percent, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { type PickedUnit, UnitPicker } from '../../../ui/unit-picker.tsx';

/** So many topics are proposed: those that are remembered worst. */
const PROPOSED = 3;

/** What to refresh, who, how often; then it starts. Each choice shows at once whom it reaches. */
export default function CampaignWizardPage() {
  const courses = useQuery(query(listCourses, {}));
  return <><Head title={t('campaign.new')} back="/quan-ly/dot-on" sub={t('campaign.newSub')} /><Loaded query={courses} height={400}>{({ items }) => <Form courses={items.map((c) => ({ value: c.slug, label: c.title }))} />}</Loaded></>;
}

function Form({ courses }: { courses: { value: string; label: string }[] }) {
  const client = useQueryClient();
  const [, go] = useLocation();
  const [unit, setUnit] = useState<PickedUnit | null>(null);
  const [courseSlug, setCourse] = useState(courses[0]?.value ?? '');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [topics, setTopics] = useState<string[]>([]);
  const [plan, setPlan] = useState({ title: t('campaign.usualTitle', { month: Number(todayHere().slice(5, 7)) }), questions: 5, rounds: 1, startsOn: todayHere() });
  const audience = { unitId: unit?.id ?? '', courseSlug, certifiedFrom: from || null, certifiedUntil: until || null };
  const preview = useQuery({ queryKey: ['refreshers', 'preview', audience], queryFn: () => call(suggestCampaign, { body: audience }), enabled: unit !== null && courseSlug !== '' });
  const proposed = preview.data?.topics.filter((x) => x.recall !== null).slice(0, PROPOSED).map((x) => x.topic).join('|');
  useEffect(() => setTopics(proposed ? proposed.split('|') : []), [proposed]);
  const start = useMutation({ mutationFn: () => call(startCampaign, { body: { ...audience, ...plan, topics } }), onSuccess: (c) => { void client.invalidateQueries({ queryKey: ['refreshers'] }); go(`/quan-ly/dot-on/${c.id}`); } });
  const people = preview.data?.people ?? 0;
  return (
    <form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); start.mutate(); }}>
      <section className="panel stack"><h2>{t('campaign.who')}</h2>
        <div className="row-s" style={{ alignItems: 'end' }}><div style={{ flex: '1 1 240px' }}><UnitPicker label={t('campaign.unit')} value={unit} onPick={setUnit} /></div><Select style={{ flex: '1 1 240px' }} label={t('campaign.course')} data={courses} value={courseSlug} onChange={(v) => v && setCourse(v)} allowDeselect={false} /></div>
        <div className="row-s"><TextInput type="date" label={t('campaign.certifiedFrom')} value={from} max={until || undefined} onChange={(e) => setFrom(e.currentTarget.value)} /><TextInput type="date" label={t('campaign.certifiedUntil')} value={until} min={from || undefined} onChange={(e) => setUntil(e.currentTarget.value)} /></div>
        <p role="status" style={{ margin: 0 }}>{unit === null ? t('campaign.pickUnit') : preview.data ? t('campaign.people', { n: number(people), without: number(preview.data.withoutPhone.length) }) : t('ui.loading')}</p>
        {preview.data && preview.data.withoutPhone.length > 0 && <details><summary>{t('campaign.withoutPhone', { n: number(preview.data.withoutPhone.length) })}</summary><ul className="bare">{preview.data.withoutPhone.map((p) => <li key={p.personId}>{p.name} <span className="sub">{p.unitName}</span></li>)}</ul></details>}
      </section>
      {preview.data && people > 0 && (
        <section className="panel stack"><h2>{t('campaign.what')}</h2><p className="sub">{t(proposed ? 'campaign.proposed' : 'campaign.notProposed')}</p>
          {preview.data.topics.map((x) => <Checkbox key={x.topic} checked={topics.includes(x.topic)} onChange={() => setTopics(topics.includes(x.topic) ? topics.filter((y) => y !== x.topic) : [...topics, x.topic])} label={<>{x.topic} <span className="sub">{x.recall === null ? t('campaign.topicUnknown', { n: x.questions }) : t('campaign.topicRecall', { share: percent(x.recall), people: number(x.people), n: x.questions })}</span></>} />)}
          {topics.length === 0 && <p className="sub">{t('campaign.allTopics')}</p>}
        </section>
      )}
      <section className="panel stack"><h2>{t('campaign.rhythm')}</h2>
        <TextInput label={t('campaign.name')} value={plan.title} onChange={(e) => setPlan({ ...plan, title: e.currentTarget.value })} required />
        <div className="row-s"><NumberInput label={t('campaign.questions')} min={5} max={10} value={plan.questions} onChange={(v) => setPlan({ ...plan, questions: Number(v) || 5 })} style={{ width: 180 }} /><NumberInput label={t('campaign.rounds')} min={1} max={12} value={plan.rounds} onChange={(v) => setPlan({ ...plan, rounds: Number(v) || 1 })} style={{ width: 180 }} /><TextInput type="date" label={t('campaign.startsOn')} value={plan.startsOn} min={todayHere()} onChange={(e) => setPlan({ ...plan, startsOn: e.currentTarget.value || todayHere() })} /></div>
        <Alert color="cham">{t('campaign.notice')}</Alert>
      </section>
      <ProblemAlert of={start} />
      <div><Button type="submit" disabled={people === 0 || plan.title.trim() === ''} loading={start.isPending}>{t('campaign.start', { n: number(people) })}</Button></div>
    </form>
  );
}
