import { listPeople } from '@lantoa/shared/organisation';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { query } from '../../../lib/api.ts';
import { day } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import type { Plan, PlanHelp } from './plan.ts';

/** Who teaches: oneself, others with a certificate that is in force on the first day, and named guests from other departments without the right. */
export function TrainersField({ plan, set, self, help, firstDay }: { plan: Plan; set: (more: Partial<Plan>) => void; self: string | null; help: PlanHelp | undefined; firstDay: string }) {
  const [q, setQ] = useState('');
  const [guest, setGuest] = useState({ guestName: '', body: '' });
  const session = useSession();
  const mayRead = session?.permissions.includes('person.read') ?? false;
  const people = useQuery({ ...query(listPeople, { query: { q, limit: 6 } }), enabled: mayRead && q.trim().length > 1 });
  const right = (personId: string | undefined) => {
    const found = help?.trainers.find((x) => x.personId === personId);
    return found && <span className={`tag ${found.may === 'yes' || found.may === 'open' ? 'ok' : 'bad'}`}>{t(`wizard.may.${found.may}`, { no: found.registerNo ?? '', until: found.validUntil ? day(found.validUntil) : '', day: firstDay ? day(firstDay) : '' })}</span>;
  };
  return (
    <>
      <p className="sub">{t('wizard.rule')}</p>
      {self && <div className="person wraps"><label style={{ display: 'flex', gap: 12, alignItems: 'center', minHeight: 40 }}><input type="checkbox" checked={plan.self} onChange={(e) => set({ self: e.target.checked })} />{t('wizard.self', { name: self })}</label>{plan.self && right(session?.person?.id)}</div>}
      {plan.trainers.map((x) => <div key={x.personId} className="person wraps"><strong>{x.name}</strong>{right(x.personId)}<button type="button" className="linklike" onClick={() => set({ trainers: plan.trainers.filter((y) => y !== x) })}>{t('ui.remove')}</button></div>)}
      {plan.guests.map((g) => <div key={g.guestName} className="person"><span><strong>{g.guestName}</strong><br /><span className="sub">{t('wizard.guestOf', { body: g.body })}</span></span><button type="button" className="linklike" onClick={() => set({ guests: plan.guests.filter((y) => y !== g) })}>{t('ui.remove')}</button></div>)}
      {mayRead && <><TextInput label={t('wizard.findTrainer')} value={q} onChange={(e) => setQ(e.currentTarget.value)} />{people.data?.items.map((p) => <button key={p.id} type="button" className="linklike" onClick={() => { set({ trainers: [...plan.trainers, { personId: p.id, name: p.name }] }); setQ(''); }}>{t('wizard.add', { name: p.name, unit: p.unitName ?? '' })}</button>)}</>}
      <div className="stack"><TextInput label={t('wizard.guestName')} value={guest.guestName} onChange={(e) => setGuest({ ...guest, guestName: e.currentTarget.value })} /><TextInput label={t('wizard.guestBody')} value={guest.body} onChange={(e) => setGuest({ ...guest, body: e.currentTarget.value })} /><Button type="button" variant="outline" disabled={!guest.guestName.trim() || !guest.body.trim()} onClick={() => { set({ guests: [...plan.guests, guest] }); setGuest({ guestName: '', body: '' }); }}>{t('wizard.addGuest')}</Button></div>
    </>
  );
}
