import { audioLanguages, type DraftLesson, type LessonContent, listRecordings } from '@lantoa/shared/curriculum';
import { useQuery } from '@tanstack/react-query';
import { query } from '../../../lib/api.ts';
import { bytes } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { stateOf } from './translations.tsx';

const HEAVIEST_LESSON = 1_500_000;

/** What must be mended and what would be better, in words; which cards can be heard; what the lesson weighs with Vietnamese sound. */
export function Meter({ courseSlug, content, findings }: { courseSlug: string; content: LessonContent; findings: DraftLesson['findings'] }) {
  const table = useQuery(query(listRecordings, { params: { courseSlug } })).data;
  const voice = (card: string, language: string) => table?.items.find((r) => r.subject === `${content.slug}/${card}` && r.language === language);
  const missing = (l: string) => content.cards.flatMap((c, i) => (stateOf(voice(c.slug, l)) === 'approved' ? [] : [i + 1]));
  const begun = audioLanguages.filter((l) => l === 'vi' || missing(l).length < content.cards.length);
  const weight = new TextEncoder().encode(JSON.stringify(content.cards)).length + content.cards.reduce((sum, c) => sum + (table?.pictureBytes[c.picture?.file ?? ''] ?? 0) + (voice(c.slug, 'vi')?.bytes ?? 0), 0);
  return (
    <section className="panel"><h2>{t('meter.title')}</h2>
      {findings.length === 0 ? <span className="tag ok">{t('meter.good')}</span> : <ul className="bare">{findings.map((f) => <li key={f.code + f.card}><span className={`tag ${f.blocks ? 'bad' : 'warn'}`}>{t(f.blocks ? 'meter.blocks' : 'meter.warns')}</span> {t(`meter.${f.code}`, { ...f.params, card: f.card ?? '' })}</li>)}</ul>}
      {table && (
        <ul className="bare sub">
          {begun.map((l) => <li key={l}>{missing(l).length === 0 ? t('meter.heard', { language: t(`language.${l}`) }) : missing(l).length === content.cards.length ? t('meter.unheard', { language: t(`language.${l}`) }) : t('meter.voice', { language: t(`language.${l}`), cards: missing(l).join(', ') })}</li>)}
          <li>{weight > HEAVIEST_LESSON && <span className="tag warn">{t('meter.warns')}</span>} {t('meter.weight', { size: bytes(weight), max: bytes(HEAVIEST_LESSON) })}</li>
        </ul>
      )}
    </section>
  );
}
