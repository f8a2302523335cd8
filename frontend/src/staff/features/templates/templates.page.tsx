import { listTemplates, makeTemplate, type Template, useTemplate } from '@lantoa/shared/templates';
import { newId } from '@lantoa/shared/rules/ids';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call, query } from '../../../lib/api.ts';
import { number } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { AwardTabs } from '../../../ui/award-tabs.tsx';
import { Dialog, Head, Loaded, ProblemAlert } from '../../../ui/staff-parts.tsx';

/** How certificates look: which template each kind uses, and the templates with their versions. */
export default function TemplatesPage() {
  const templates = useQuery(query(listTemplates, {}));
  const client = useQueryClient();
  const edits = new Set(useSession()?.permissions).has('template.edit');
  const use = useMutation({ mutationFn: (o: { typeId: string; templateId: string }) => call(useTemplate, { params: { typeId: o.typeId }, body: { templateId: o.templateId } }), onSuccess: () => client.invalidateQueries({ queryKey: ['templates'] }) });
  return (
    <>
      <Head title={t('template.title')} sub={t('template.sub')} />
      <AwardTabs />
      <Loaded query={templates} height={300}>{({ items, types }) => (
        <>
          <section className="panel stack"><h2>{t('template.uses')}</h2>{types.map((y) => <Select key={y.id} label={y.title} value={y.templateId} disabled={!edits} allowDeselect={false} data={items.map((x) => ({ value: x.id, label: x.name }))} onChange={(templateId) => templateId && use.mutate({ typeId: y.id, templateId })} />)}<ProblemAlert of={use} /></section>
          <div className="cards">{items.map((x) => <Card key={x.id} x={x} />)}</div>
        </>
      )}</Loaded>
    </>
  );
}

function Card({ x }: { x: Template }) {
  const [name, setName] = useState<string>();
  const client = useQueryClient();
  const [, go] = useLocation();
  const last = x.versions[0];
  const copy = useMutation({ mutationFn: () => call(makeTemplate, { body: { name: name ?? '', layout: (last as NonNullable<typeof last>).layout } }, { key: newId() }), onSuccess: async ({ id }) => { await client.invalidateQueries({ queryKey: ['templates'] }); go(`/quan-ly/mau-chung-nhan/${id}`); } });
  return (
    <article className="panel">
      <div className="row-s" style={{ justifyContent: 'space-between' }}><Link href={`/quan-ly/mau-chung-nhan/${x.id}`}><strong>{x.name}</strong></Link><span className="row-s">{last?.layout.mode === 'overprint' && <span className="tag">{t('template.overprint')}</span>}{x.usedBy.length > 0 && <span className="tag ok">{t('template.used')}</span>}</span></div>
      <p className="sub">{t('template.versions', { n: number(x.versions.length) })} · {t('template.issued', { n: number(x.versions.reduce((n, v) => n + v.certificates, 0)) })}{x.usedBy.length > 0 && <> · {x.usedBy.map((u) => u.title).join(', ')}</>}</p>
      {x.mayEdit && <div className="hide-small"><Button variant="subtle" size="compact-md" onClick={() => setName(`${x.name} (2)`)}>{t('template.copy')}</Button></div>}
      <Dialog opened={name !== undefined} onClose={() => setName(undefined)} title={t('template.copy')}><form className="stack" onSubmit={(e: FormEvent) => { e.preventDefault(); copy.mutate(); }}><TextInput label={t('template.name')} value={name ?? ''} onChange={(e) => setName(e.currentTarget.value)} required /><ProblemAlert of={copy} /><Button type="submit" loading={copy.isPending}>{t('template.make')}</Button></form></Dialog>
    </article>
  );
}
