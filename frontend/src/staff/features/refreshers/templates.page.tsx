import { listTemplates, saveTemplate } from '@lantoa/shared/notifications';
import type { OutputOf } from '@lantoa/shared/endpoint';
import { fillIn, smsParts } from '@lantoa/shared/rules/reminders';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { day, todayHere } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

type Template = OutputOf<typeof listTemplates>['items'][number];

/** The words of reminders, each with how it will read and, for text messages, how many it costs. */
export default function TemplatesPage() {
  const templates = useQuery(query(listTemplates, {}));
  return <><Head title={t('remindText.title')} back="/quan-ly/dot-on" sub={t('remindText.sub', { n: '{n}', day: '{day}', title: '{title}', link: '{link}' })} /><Loaded query={templates} height={400}>{({ items, mayEdit }) => <>{!mayEdit && <p className="sub">{t('remindText.ownerOnly')}</p>}{items.map((x) => <One key={`${x.stage} ${x.channel}`} x={x} mayEdit={mayEdit} />)}</>}</Loaded></>;
}

function One({ x, mayEdit }: { x: Template; mayEdit: boolean }) {
  const client = useQueryClient();
  const [text, setText] = useState(x.text);
  const save = useMutation({ mutationFn: () => call(saveTemplate, { params: { stage: x.stage, channel: x.channel }, body: { text } }), onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }) });
  const reads = fillIn(text, { n: 5, title: t('remindText.sample'), day: day(todayHere()), link: `${location.origin}/hoc` });
  const sms = smsParts(reads);
  return (
    <section className="panel stack"><h2>{t(`remindText.${x.stage}`)} · {t(`remindText.${x.channel}`)}</h2>
      <Textarea label={t('remindText.text')} value={text} onChange={(e) => setText(e.currentTarget.value)} autosize minRows={2} readOnly={!mayEdit} />
      <p className="sub" style={{ whiteSpace: 'pre-line' }}>{reads}</p>
      {x.channel === 'gateway' && <p className="sub">{t(sms.plain ? 'remindText.sms' : 'remindText.smsMarks', { n: sms.characters, parts: sms.parts })}</p>}
      <ProblemAlert of={save} />
      {mayEdit && <div><Button variant="outline" disabled={text.trim().length < 10 || text === x.text} loading={save.isPending} onClick={() => save.mutate()}>{t('remindText.save')}</Button></div>}
    </section>
  );
}
