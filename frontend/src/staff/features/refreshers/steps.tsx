import type { Campaign } from '@lantoa/shared/refreshers';
import { IconChevronRight } from '@tabler/icons-react';
import { Fragment } from 'react';
import { number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';

const STEPS = ['due', 'received', 'opened', 'done', 'good'] as const;

/** How far refreshers have come, each step a part of the one before; as words and numbers, so that a printout says the same. */
export function Steps({ s }: { s: Campaign['steps'] }) {
  return (
    <div className="funnel" role="list">
      {STEPS.map((k, i) => <Fragment key={k}>{i > 0 && <IconChevronRight size={16} aria-hidden />}<span role="listitem"><strong>{number(s[k])}</strong> {t(`campaign.step.${k}`)}</span></Fragment>)}
    </div>
  );
}
