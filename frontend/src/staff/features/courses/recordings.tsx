import { type AudioLanguage, audioLanguages, decideRecording, listRecordings, type Recording } from '@lantoa/shared/curriculum';
import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Dialog, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { Recorder } from './recorder.tsx';
import { stateOf, Translations, VoiceTag } from './translations.tsx';

/** Which card has a voice in which language, who read it, and what waits for a second person. A table where there is room, else one language at a time. */
export function Recordings({ slug }: { slug: string }) {
  const client = useQueryClient();
  const table = useQuery(query(listRecordings, { params: { courseSlug: slug } }));
  const [language, setLanguage] = useState<AudioLanguage>('vi');
  const [opened, setOpened] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: ['curriculum', 'listRecordings'] });
  return (
    <Loaded query={table} height={400}>{(d) => {
      const of = (subject: string, l: string) => d.items.find((i) => i.subject === subject && i.language === l);
      const row = d.rows.find((r) => r.subject === opened);
      const voice = (subject: string) => <Voice found={of(subject, language)} mayDecide={d.mayDecide} onDecided={refresh} />;
      return (
        <section className="panel stack">
          <Translations rows={d.rows} of={of} onCell={(subject, l) => { setLanguage(l); setOpened(subject); }} />
          <div className="only-small stack">
            <div className="row-s" style={{ alignItems: 'end' }}><Select label={t('recordings.language')} value={language} allowDeselect={false} data={audioLanguages.map((l) => ({ value: l, label: t(`language.${l}`) }))} onChange={(v) => v && setLanguage(v as AudioLanguage)} /><span className="tag">{t('recordings.done', { n: d.rows.filter((r) => stateOf(of(r.subject, language)) === 'approved').length, of: d.rows.length })}</span></div>
            {d.rows.map((r) => (
              <div key={r.subject} className="person wraps">
                <span><strong>{r.title}</strong><br /><span className="sub">{r.lessonTitle}</span></span><VoiceTag of={of(r.subject, language)} />
                <span className="row-s">{voice(r.subject)}{d.mayEdit && <Button size="compact-md" variant="outline" onClick={() => setOpened(r.subject)}>{t(of(r.subject, language) ? 'recordings.redo' : 'recordings.add')}</Button>}</span>
              </div>
            ))}
          </div>
          <Dialog opened={row !== undefined} onClose={() => setOpened(undefined)} title={row ? t('recordings.of', { card: row.title, language: t(`language.${language}`) }) : ''} size="lg">
            {row && <div className="stack">{voice(row.subject)}{d.mayEdit && <Recorder slug={slug} subject={row.subject} language={language} text={row.text} onDone={() => { setOpened(undefined); void refresh(); }} />}{!d.mayEdit && !of(row.subject, language) && <p>{t('recordings.nothing')}</p>}</div>}
          </Dialog>
        </section>
      );
    }}</Loaded>
  );
}

/** A recording to listen to, who read and who recorded it; and, for a second person, the decision. */
function Voice({ found, mayDecide, onDecided }: { found: Recording | undefined; mayDecide: boolean; onDecided: () => void }) {
  const name = useSession()?.person?.name;
  const decide = useMutation({ mutationFn: (approve: boolean) => call(decideRecording, { params: { recordingId: found?.id ?? '' }, body: { approve } }), onSuccess: onDecided });
  if (!found) return null;
  return (
    <div className="stack">
      <span className="row-s"><VoiceTag of={found} /><span className="sub">{t('recordings.by', { speaker: found.speaker, by: found.recordedBy })}</span></span>
      {/* biome-ignore lint/a11y/useMediaCaption: the card's text stands beside it */}
      <audio controls preload="none" src={found.url} style={{ height: 40, maxWidth: '100%' }} />
      <ProblemAlert of={decide} />
      {mayDecide && found.state === 'waiting' && found.recordedBy !== name && <span className="row-s"><Button size="compact-md" loading={decide.isPending} onClick={() => decide.mutate(true)}>{t('recordings.approve')}</Button><Button size="compact-md" variant="outline" color="do" onClick={() => decide.mutate(false)}>{t('recordings.refuse')}</Button></span>}
    </div>
  );
}
