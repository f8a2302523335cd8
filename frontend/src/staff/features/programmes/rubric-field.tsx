import { Button, Checkbox, TextInput } from '@mantine/core';
import { t } from '../../../lib/i18n.ts';

type Line = { id: string; text: string };
const DEFAULT = ['aims', 'steps', 'listens', 'checks'] as const;

/** What two observers look at when somebody teaches back; none where nobody has to. Lines keep their ids, so that scores keep their meaning. */
export function RubricField({ value, onChange }: { value: Line[] | null; onChange: (value: Line[] | null) => void }) {
  const lines = value ?? [];
  const nextId = () => { for (let n = 1; ; n++) if (!lines.some((l) => l.id === `tieu-chi-${n}`)) return `tieu-chi-${n}`; };
  return (
    <fieldset className="panel stack" style={{ margin: 0 }}><legend>{t('programme.rubricTitle')}</legend>
      <Checkbox label={t('programme.rubricOn')} checked={value !== null} onChange={(e) => onChange(e.currentTarget.checked ? DEFAULT.map((k, i) => ({ id: `tieu-chi-${i + 1}`, text: t(`rubric.${k}`) })) : null)} />
      {lines.map((l, i) => <div key={l.id} className="row-s"><TextInput aria-label={t('programme.line', { n: i + 1 })} value={l.text} onChange={(e) => onChange(lines.map((x) => (x === l ? { ...l, text: e.currentTarget.value } : x)))} style={{ flex: 1 }} required />{lines.length > 1 && <Button type="button" variant="subtle" color="do" size="compact-md" onClick={() => onChange(lines.filter((x) => x !== l))}>{t('ui.remove')}</Button>}</div>)}
      {value !== null && lines.length < 8 && <div><Button type="button" variant="outline" size="compact-md" onClick={() => onChange([...lines, { id: nextId(), text: '' }])}>{t('programme.addLine')}</Button></div>}
    </fieldset>
  );
}
