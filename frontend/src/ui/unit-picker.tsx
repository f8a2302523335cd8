import { searchUnits } from '@lantoa/shared/organisation';
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { query } from '../lib/api.ts';
import { t } from '../lib/i18n.ts';

export interface PickedUnit { id: string; name: string }

/** Search first, without marks; a former name finds the unit that followed it. */
export function UnitPicker({ label, asOf, value, onPick, kinds, without }: { label: string; asOf?: string | undefined; value: PickedUnit | null; onPick: (unit: PickedUnit) => void; kinds?: string; /** What is offered where there is no network to search with. */ without?: PickedUnit | undefined }) {
  const combobox = useCombobox();
  const [q, setQ] = useState<string>();
  const found = useQuery({ ...query(searchUnits, { query: { q: q ?? '', ...(asOf && { asOf }), ...(kinds && { kinds }) } }), enabled: (q ?? '').trim().length > 0 });
  return (
    <Combobox store={combobox} onOptionSubmit={(id) => { const unit = found.data?.items.find((u) => u.id === id) ?? (without?.id === id ? without : undefined); if (unit) onPick({ id, name: unit.name }); setQ(undefined); combobox.closeDropdown(); }}>
      <Combobox.Target><TextInput label={label} placeholder={t('unit.search')} value={q ?? value?.name ?? ''} onChange={(e) => { setQ(e.currentTarget.value); combobox.openDropdown(); }} onFocus={() => combobox.openDropdown()} onBlur={() => combobox.closeDropdown()} /></Combobox.Target>
      <Combobox.Dropdown hidden={!(q ?? '').trim()}><Combobox.Options>
        {found.data?.items.map((u) => <Combobox.Option key={u.id} value={u.id}>{u.name}{u.parentName && <span className="sub">, {u.parentName}</span>}{u.formerName && <span className="sub"> · {t('unit.former', { name: u.formerName })}</span>}</Combobox.Option>)}
        {without && found.isError && <Combobox.Option value={without.id}>{without.name}</Combobox.Option>}
        {found.data?.items.length === 0 && <Combobox.Empty>{t('unit.none', { q: q ?? '' })}</Combobox.Empty>}
      </Combobox.Options></Combobox.Dropdown>
    </Combobox>
  );
}
