import { type AudioLanguage, audioLanguages, type Recording } from '@lantoa/shared/curriculum';
import { Table } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';
import { Scroll } from '../../../ui/staff-parts.tsx';

const LOOK: Record<VoiceState, string> = { approved: 'ok', waiting: 'warn', refused: 'bad', stale: 'bad', none: '' };
export type VoiceState = 'none' | 'waiting' | 'approved' | 'refused' | 'stale';
/** How far the voice of a card in one language is. */
export const stateOf = (r: Recording | undefined): VoiceState => (!r ? 'none' : r.stale ? 'stale' : r.state);
export const VoiceTag = ({ of }: { of: Recording | undefined }) => <span className={`tag ${LOOK[stateOf(of)]}`}>{t(`recordings.${stateOf(of)}`)}</span>;

interface Props { rows: readonly { subject: string; title: string; lesson: string; lessonTitle: string }[]; of: (subject: string, language: string) => Recording | undefined; onCell: (subject: string, language: AudioLanguage) => void }

/** Cards down, languages across: which voice is done, waits or is missing. A cell opens its card in its language. */
export const Translations = ({ rows, of, onCell }: Props) => (
  <Scroll label={t('recordings.table')} wideOnly><Table>
    <Table.Thead><Table.Tr><Table.Th>{t('recordings.card')}</Table.Th>{audioLanguages.map((l) => <Table.Th key={l}>{t(`language.${l}`)}<br /><span className="sub">{rows.filter((r) => stateOf(of(r.subject, l)) === 'approved').length}/{rows.length}</span></Table.Th>)}</Table.Tr></Table.Thead>
    <Table.Tbody>{rows.map((r, i) => (
      <Table.Tr key={r.subject}><Table.Td>{rows[i - 1]?.lesson !== r.lesson && <strong>{r.lessonTitle}<br /></strong>}{r.title}</Table.Td>
        {audioLanguages.map((l) => <Table.Td key={l}><button type="button" className="plain" aria-label={t('recordings.cell', { card: r.title, language: t(`language.${l}`), state: t(`recordings.${stateOf(of(r.subject, l))}`) })} onClick={() => onCell(r.subject, l)}><VoiceTag of={of(r.subject, l)} /></button></Table.Td>)}
      </Table.Tr>
    ))}</Table.Tbody>
  </Table></Scroll>
);
