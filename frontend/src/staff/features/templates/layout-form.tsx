import { addStampImage, filledIn, type Layout, listStampImages, type Stamp, type Zone, type ZoneName, zoneNames } from '@lantoa/shared/templates';
import { Button, ColorInput, FileButton, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../../../lib/api.ts';
import { base64Of } from '../../../lib/base64.ts';
import { t } from '../../../lib/i18n.ts';
import { ProblemAlert } from '../../../ui/staff-parts.tsx';

interface Props { layout: Layout; onChange: (l: Layout) => void }
/** The fields of the text, shown as they are typed. */
const FIELDS = Object.fromEntries(['unit', 'course', 'hours', 'from', 'until', 'birthYear'].map((f) => [f, `{${f}}`]));
const SIDES = ['x', 'y', 'width', 'height'] as const;

/** The zones of a certificate in mm, by fields and not by dragging. */
export function LayoutForm({ layout, onChange, maySeal }: Props & { maySeal: boolean }) {
  const [name, setName] = useState<ZoneName>('name');
  const zone = layout.zones[name];
  const setZone = (z: Partial<Zone>) => onChange({ ...layout, zones: { ...layout.zones, [name]: { ...zone, ...z } } });
  return (
    <>
      <SegmentedControl aria-label={t('template.mode')} value={layout.mode} onChange={(mode) => onChange({ ...layout, mode: mode as Layout['mode'] })} data={[{ value: 'full', label: t('template.full') }, { value: 'overprint', label: t('template.overprint') }]} />
      <div className="filters">
        <Select label={t('template.frame')} value={layout.frame} allowDeselect={false} onChange={(frame) => onChange({ ...layout, frame: frame as Layout['frame'] })} data={(['none', 'line', 'double'] as const).map((f) => ({ value: f, label: t(`frame.${f}`) }))} />
        <ColorInput withEyeDropper={false} label={t('template.colour')} value={layout.colour} onChange={(colour) => /^#[0-9a-f]{6}$/i.test(colour) && onChange({ ...layout, colour })} />
        <TextInput label={t('template.heading')} value={layout.heading} onChange={(e) => onChange({ ...layout, heading: e.currentTarget.value })} />
        <TextInput label={t('template.lead')} value={layout.lead} onChange={(e) => onChange({ ...layout, lead: e.currentTarget.value })} />
      </div>
      <Textarea label={t('template.body')} description={t('template.bodyHint', FIELDS)} value={layout.body} onChange={(e) => onChange({ ...layout, body: e.currentTarget.value })} autosize minRows={4} />
      <Select label={t('template.zone')} value={name} allowDeselect={false} onChange={(n) => n && setName(n as ZoneName)} data={(layout.mode === 'full' ? zoneNames : filledIn).map((n) => ({ value: n, label: t(`zone.${n}`) }))} />
      <div className="filters">{SIDES.map((k) => <Mm key={k} label={t(`zone.${k}`)} value={zone[k]} onChange={(v) => setZone({ [k]: v })} />)}
        <NumberInput label={t('zone.size')} value={zone.size} min={8} max={40} onChange={(v) => setZone({ size: Number(v) || zone.size })} />
        <Select label={t('zone.align')} value={zone.align} allowDeselect={false} onChange={(align) => setZone({ align: align as Zone['align'] })} data={(['left', 'center', 'right'] as const).map((a) => ({ value: a, label: t(`align.${a}`) }))} />
      </div>
      {maySeal && <><StampFields kind="signature" value={layout.signature} onChange={(signature) => onChange({ ...layout, signature })} /><StampFields kind="seal" value={layout.seal} onChange={(seal) => onChange({ ...layout, seal })} /></>}
    </>
  );
}

/** A number of mm; the arrows nudge by half of one. */
const Mm = ({ label, value, onChange }: { label: string; value: number; onChange: (v: number) => void }) => <NumberInput label={label} suffix=" mm" value={value} min={0} max={297} step={0.5} decimalSeparator="," decimalScale={1} onChange={(v) => typeof v === 'number' && onChange(v)} />;

/** A picture of a signature or seal and where it stands. */
function StampFields({ kind, value, onChange }: { kind: 'signature' | 'seal'; value: Stamp | null; onChange: (s: Stamp | null) => void }) {
  const client = useQueryClient();
  const images = useQuery(query(listStampImages, {}));
  const place = { x: kind === 'seal' ? 178 : 200, y: kind === 'seal' ? 158 : 164, width: kind === 'seal' ? 36 : 45 };
  const add = useMutation({ mutationFn: async (file: File) => call(addStampImage, { body: { kind, name: file.name, base64: await base64Of(file) } }), onSuccess: ({ id }) => { void client.invalidateQueries({ queryKey: ['templates', 'listStampImages'] }); onChange({ ...place, ...value, imageId: id }); } });
  const own = (images.data?.items ?? []).filter((i) => i.kind === kind);
  return (
    <fieldset className="indicator" style={{ gridTemplateColumns: '1fr' }}><legend>{t(`stamp.${kind}`)}</legend>
      <Select label={t('stamp.picture')} value={value?.imageId ?? ''} allowDeselect={false} data={[{ value: '', label: t('stamp.none') }, ...own.map((i) => ({ value: i.id, label: i.name }))]} onChange={(id) => onChange(id ? { ...place, ...value, imageId: id } : null)} />
      <div><FileButton accept="image/png,image/jpeg" onChange={(f) => f && add.mutate(f)}>{(props) => <Button {...props} size="compact-md" variant="outline" loading={add.isPending}>{t('stamp.add')}</Button>}</FileButton></div>
      <ProblemAlert of={add} />
      {value && <div className="filters">{(['x', 'y', 'width'] as const).map((k) => <Mm key={k} label={t(`zone.${k}`)} value={value[k]} onChange={(v) => onChange({ ...value, [k]: v })} />)}</div>}
    </fieldset>
  );
}
