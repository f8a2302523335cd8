import { addDays } from '@lantoa/shared/rules/days';
import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { todayHere, weekday } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { type HalfDay, halfDay, wholeDays } from './plan.ts';

/** The half-days of a class: a first day and how many, then each as it is needed. */
export function SessionsField({ sessions, onChange }: { sessions: readonly HalfDay[]; onChange: (sessions: HalfDay[]) => void }) {
  const days = [...new Set(sessions.map((s) => s.date))].sort();
  const first = days[0] ?? todayHere();
  const of = (date: string, part: 'morning' | 'afternoon') => sessions.find((s) => s.date === date && s.part === part);
  const put = (date: string, part: 'morning' | 'afternoon', next: HalfDay | null) => onChange([...sessions.filter((s) => !(s.date === date && s.part === part)), ...(next ? [next] : [])].sort((a, b) => `${a.date}${a.startsAt}`.localeCompare(`${b.date}${b.startsAt}`)));
  return (
    <>
      <TextInput type="date" label={t('wizard.firstDay')} value={first} onChange={(e) => e.currentTarget.value && onChange(wholeDays(e.currentTarget.value, Math.max(1, days.length)))} required />
      <NumberInput label={t('wizard.days')} min={1} max={10} value={Math.max(1, days.length)} onChange={(n) => onChange(wholeDays(first, Number(n) || 1))} />
      {days.map((date) => (
        <fieldset key={date} className="panel" style={{ margin: 0 }}><legend><strong>{weekday(date)}</strong></legend>
          {(['morning', 'afternoon'] as const).map((part) => { const s = of(date, part); return (
            <div key={part} className="row-s" style={{ minHeight: 44, marginBottom: 8 }}>
              <Checkbox label={t(`wizard.${part}`)} checked={s !== undefined} onChange={(e) => put(date, part, e.currentTarget.checked ? halfDay(date, part) : null)} style={{ flex: '1 0 100%' }} />
              {s && <div className="from-to"><TextInput type="time" size="sm" aria-label={t('wizard.startsAt', { part: t(`wizard.${part}`) })} value={s.startsAt} onChange={(e) => put(date, part, { ...s, startsAt: e.currentTarget.value })} /><span>–</span><TextInput type="time" size="sm" aria-label={t('wizard.endsAt', { part: t(`wizard.${part}`) })} value={s.endsAt} onChange={(e) => put(date, part, { ...s, endsAt: e.currentTarget.value })} /></div>}
            </div>); })}
        </fieldset>
      ))}
      <div><Button type="button" variant="subtle" onClick={() => onChange([...sessions, ...wholeDays(addDays(days.at(-1) ?? first, 1), 1)])}>{t('wizard.addDay')}</Button></div>
    </>
  );
}
