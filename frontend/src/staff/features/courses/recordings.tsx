import { type AudioLanguage, audioLanguages, decideRecording, listRecordings, type Recording } from '@lantoa/shared/curriculum';
import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Recorder } from './recorder.tsx';

const LOOK: Record<string, string> = { approved: 'ok', waiting: 'warn', refused: 'bad', stale: 'bad', none: '' };
const stateOf = (r: Recording | undefined): string => (!r ? 'none' : r.stale ? 'stale' : r.state);

/** Which card has a voice in which language, who read it, and what waits for a second person. */
export function Recordings({ slug }: { slug: string }) {
  const client = useQueryClient();
  const name = useSession()?.person?.name;
  const table = useQuery(query(listRecordings, { params: { courseSlug: slug } }));
  const [language, setLanguage] = useState<AudioLanguage>('vi');
  const [reading, setReading] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: ['curriculum', 'listRecordings'] });
  const decide = useMutation({ mutationFn: ({ id, approve }: { id: string; approve: boolean }) => call(decideRecording, { params: { recordingId: id }, body: { approve } }), onSuccess: refresh });
  return (
    <Loaded query={table} height={400}>{(d) => {
      const of = (subject: string, l: string) => d.items.find((i) => i.subject === subject && i.language === l);
      const done = d.rows.filter((r) => stateOf(of(r.subject, language)) === 'approved').length;
      const row = d.rows.find((r) => r.subject === reading);
      return (
        <section className="panel stack">
          <div className="row-s" style={{ alignItems: 'end' }}><Select label={t('recordings.language')} value={language} allowDeselect={false} data={audioLanguages.map((l) => ({ value: l, label: t(`language.${l}`) }))} onChange={(v) => v && setLanguage(v as AudioLanguage)} /><span className="tag">{t('recordings.done', { n: done, of: d.rows.length })}</span></div>
          <ProblemAlert of={decide} />
          {d.rows.map((r) => {
            const found = of(r.subject, language);
            return (
              <div key={r.subject} className="person" style={{ flexWrap: 'wrap' }}>
                <span><strong>{r.title}</strong><br /><span className="sub">{r.lessonTitle}{found && ` · ${t('recordings.by', { speaker: found.speaker, by: found.recordedBy })}`}</span></span>
                <span className={`tag ${LOOK[stateOf(found)]}`}>{t(`recordings.${stateOf(found)}`)}</span>
                {/* biome-ignore lint/a11y/useMediaCaption: the card's text stands beside it */}
                {found && <audio controls preload="none" src={found.url} style={{ height: 40, maxWidth: 220 }} />}
                <span className="row-s">
                  {d.mayDecide && found?.state === 'waiting' && found.recordedBy !== name && <><Button size="compact-md" onClick={() => decide.mutate({ id: found.id, approve: true })}>{t('recordings.approve')}</Button><Button size="compact-md" variant="outline" color="do" onClick={() => decide.mutate({ id: found.id, approve: false })}>{t('recordings.refuse')}</Button></>}
                  {d.mayEdit && <Button size="compact-md" variant="outline" onClick={() => setReading(r.subject)}>{t(found ? 'recordings.redo' : 'recordings.add')}</Button>}
                </span>
              </div>
            );
          })}
          <Dialog opened={row !== undefined} onClose={() => setReading(undefined)} title={row?.title ?? ''} size="lg">{row && <Recorder slug={slug} subject={row.subject} language={language} text={row.text} onDone={() => { setReading(undefined); void refresh(); }} />}</Dialog>
        </section>
      );
    }}</Loaded>
  );
}
