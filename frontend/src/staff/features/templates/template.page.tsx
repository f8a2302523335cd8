import { type Layout, type LayoutFault, listTemplates, previewTemplate, printTestSheet, samples, saveVersion, type Template } from '@lantoa/shared/templates';
import { newId } from '@lantoa/shared/rules/ids';
import { Alert, Button, Select, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { addressOf, call, query } from '../../../lib/api.ts';
import { moment, number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';
import { LayoutForm } from './layout-form.tsx';

/** One template: the paper on the left, its zones as fields on the right; every save is a version. */
export default function TemplatePage({ templateId }: { templateId: string }) {
  const templates = useQuery(query(listTemplates, {}));
  return <Loaded query={templates} height={500}>{({ items }) => { const x = items.find((i) => i.id === templateId); return x ? <Editor key={x.versions[0]?.id} x={x} /> : <Head title={t('ui.missing')} back="/quan-ly/mau-chung-nhan" />; }}</Loaded>;
}

function Editor({ x }: { x: Template }) {
  const client = useQueryClient();
  const newest = x.versions[0] as Template['versions'][number];
  const [shownId, setShownId] = useState(newest.id);
  const shown = x.versions.find((v) => v.id === shownId) ?? newest;
  const [layout, setLayout] = useState<Layout>(newest.layout);
  const [note, setNote] = useState('');
  const save = useMutation({ mutationFn: () => call(saveVersion, { params: { templateId: x.id }, body: { layout, note, base: newest.number } }, { key: newId() }), onSuccess: () => client.invalidateQueries({ queryKey: ['templates'] }) });
  const changed = JSON.stringify(layout) !== JSON.stringify(newest.layout);
  const see = (id: string) => { setShownId(id); setLayout((x.versions.find((v) => v.id === id) ?? newest).layout); };
  const [faults, setFaults] = useState<LayoutFault[]>([]);
  return (
    <>
      <Head title={x.name} sub={t('template.sub')} back="/quan-ly/mau-chung-nhan"><Button component="a" target="_blank" variant="outline" href={addressOf(printTestSheet, { params: { versionId: newest.id }, query: {} })}>{t('template.test')}</Button></Head>
      <div className="grid2">
        <div className="stack stays"><Canvas layout={layout} onFaults={setFaults} />
          <Select label={t('template.version')} value={shownId} allowDeselect={false} data={x.versions.map((v) => ({ value: v.id, label: t('template.versionOf', { n: v.number, at: moment(v.madeAt), name: v.madeBy ?? t('template.starter'), papers: number(v.certificates) }) + (v.note ? ` · ${v.note}` : '') }))} onChange={(id) => id && see(id)} />
          {shown.id !== newest.id && <Alert color="nghe">{t('template.old', { n: shown.number })}</Alert>}
        </div>
        <div className="stack">
          {x.mayEdit && <section className="panel hide-small"><div className="stack"><LayoutForm layout={layout} onChange={setLayout} maySeal={x.maySeal} />
            <TextInput label={t('template.note')} value={note} onChange={(e) => setNote(e.currentTarget.value)} required />
            <ProblemAlert of={save} />
            {faults.length > 0 && <p className="sub">{t('template.fixFirst')}</p>}
            <Button disabled={!changed || !note.trim() || faults.length > 0} loading={save.isPending} onClick={() => save.mutate()}>{t('template.save', { n: newest.number + 1 })}</Button>
          </div></section>}
          {x.mayEdit && <p className="sub only-small">{t('template.wide')}</p>}
        </div>
      </div>
    </>
  );
}

/** What the layout prints, with a watermark, a moment after the last change; and what is wrong with it. */
function Canvas({ layout, onFaults }: { layout: Layout; onFaults: (f: LayoutFault[]) => void }) {
  const [sample, setSample] = useState<(typeof samples)[number]>('short');
  const preview = useMutation({ mutationFn: (body: { layout: Layout; sample: (typeof samples)[number] }) => call(previewTemplate, { body }), onSuccess: (p) => onFaults(p.faults) });
  const { mutate } = preview;
  useEffect(() => { const later = setTimeout(() => mutate({ layout, sample }), 400); return () => clearTimeout(later); }, [layout, sample, mutate]);
  return (
    <section className="panel stack">
      <SegmentedControl aria-label={t('template.sample')} value={sample} onChange={(v) => setSample(v as (typeof samples)[number])} data={samples.map((s) => ({ value: s, label: t(`template.sample.${s}`) }))} />
      <div className="paper-frame">{preview.data ? <img alt={t('template.preview')} src={`data:image/svg+xml;utf8,${encodeURIComponent(preview.data.svg)}`} /> : <span className="sub">{t('ui.loading')}</span>}</div>
      <ProblemAlert of={preview} />
      {preview.data && (preview.data.faults.length ? <ul className="bare">{preview.data.faults.map((f) => <li key={`${f.zone}${f.fault}${f.detail}`}><span className="tag warn">{f.zone ? t(`zone.${f.zone}`) : t('template.all')}</span> {t(`fault.${f.fault}`, { detail: f.fault === 'overlap' ? t(`zone.${f.detail}`) : f.detail })}</li>)}</ul> : <p style={{ margin: 0 }}><span className="tag ok">{t('template.sound')}</span></p>)}
    </section>
  );
}
