import { fold } from '@lantoa/shared/rules/text';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import type { Invited, PlanHelp } from './plan.ts';

const SHOWN = 40;
const PEOPLE_EACH = 3;

/** Villages of the place, those where nobody has been trained first; how many people of each are asked to come. */
export function VillagesField({ help, invitations, onChange }: { help: PlanHelp | undefined; invitations: readonly Invited[]; onChange: (invitations: Invited[]) => void }) {
  const [q, setQ] = useState('');
  const villages = help?.villages ?? [];
  if (!villages.length) return <p className="sub">{t('wizard.noVillages')}</p>;
  const same = (i: Invited, v: { unitId: string; locality: string | null }) => i.unitId === v.unitId && i.locality === v.locality;
  const put = (v: (typeof villages)[number], people: number) => onChange([...invitations.filter((i) => !same(i, v)), ...(people > 0 ? [{ unitId: v.unitId, unitName: v.unitName, locality: v.locality, people }] : [])]);
  const empty = villages.filter((v) => v.trained === 0);
  const shown = villages.filter((v) => fold(`${v.locality ?? ''} ${v.unitName}`).includes(fold(q)));
  return (
    <div className="stack">
      <strong>{t('wizard.whichVillages', { n: empty.length, of: villages.length })}</strong>
      {empty.length > 0 && <div><Button type="button" variant="outline" size="compact-md" onClick={() => onChange([...invitations.filter((i) => !empty.some((v) => same(i, v))), ...empty.map((v) => ({ unitId: v.unitId, unitName: v.unitName, locality: v.locality, people: invitations.find((i) => same(i, v))?.people ?? PEOPLE_EACH }))])}>{t('wizard.inviteEmpty', { n: empty.length })}</Button></div>}
      {villages.length > 8 && <TextInput label={t('wizard.findVillage')} value={q} onChange={(e) => setQ(e.currentTarget.value)} />}
      <div>{shown.slice(0, SHOWN).map((v) => { const name = [v.locality, v.unitName].filter(Boolean).join(', '); return <div key={`${v.unitId}${v.locality}`} className="person"><span>{name}<br />{v.trained === 0 ? <span className="tag warn">{t('wizard.nobody')}</span> : <span className="sub">{t('wizard.trained', { n: v.trained })}</span>}</span><NumberInput aria-label={t('wizard.invite', { name })} min={0} max={100} w={84} value={invitations.find((i) => same(i, v))?.people ?? 0} onChange={(n) => put(v, Number(n) || 0)} /></div>; })}</div>
      {shown.length > SHOWN && <p className="sub">{t('wizard.moreVillages', { n: shown.length - SHOWN })}</p>}
    </div>
  );
}
