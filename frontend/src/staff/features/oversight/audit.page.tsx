import { type AuditLine, exportAudit, listAudit, verifyAudit } from '@lantoa/shared/audit';
import { Alert, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { addressOf, call, query } from '../../../lib/api.ts';
import { moment, number } from '../../../lib/format.ts';
import { has, t } from '../../../lib/i18n.ts';
import { Empty, Head, Loaded, ProblemAlert, Scroll } from '../../../ui/staff-parts.tsx';

const actOf = (l: AuditLine): string => (has(`audit.act.${l.action}`) ? t(`audit.act.${l.action}`) : l.action);
const groupOf = (g: string): string => (has(`audit.group.${g}`) ? t(`audit.group.${g}`) : g);
const FIELDS = { group: 'viec', from: 'tu', until: 'den', sensitive: 'nhay-cam', actorId: 'ai', objectId: 've', before: 'truoc' } as const;
type Field = keyof typeof FIELDS;

/** Who did what, when. Filters stand in the address, so that a question can be passed on. */
export default function AuditPage() {
  const [params, setParams] = useSearchParams();
  const f = Object.fromEntries((Object.keys(FIELDS) as Field[]).flatMap((k) => { const v = params.get(FIELDS[k]); return v ? [[k, v]] : []; })) as Partial<Record<Field, string>>;
  const set = (o: Partial<Record<Field, string | null>>) => setParams(Object.fromEntries(Object.entries({ ...f, before: null, ...o }).flatMap(([k, v]) => (v ? [[FIELDS[k as Field], v]] : []))));
  const filter = { ...(f.group && { group: f.group }), ...(f.from && { from: f.from }), ...(f.until && { until: f.until }), ...(f.sensitive && { sensitive: 'yes' as const }), ...(f.actorId && { actorId: f.actorId }), ...(f.objectId && { objectId: f.objectId }) };
  const lines = useQuery({ ...query(listAudit, { query: { ...filter, ...(f.before && { before: Number(f.before) }) } }), placeholderData: (old) => old });
  const check = useMutation({ mutationFn: () => call(verifyAudit, {}) });
  return (
    <>
      <Head title={t('audit.title')} sub={t('audit.sub')}><Button variant="outline" loading={check.isPending} onClick={() => check.mutate()}>{t('audit.verify')}</Button><Button component="a" variant="outline" href={addressOf(exportAudit, { query: filter })}>{t('audit.export')}</Button></Head>
      {check.data && <Alert color={check.data.broken ? 'do' : 'rung'} role="status">{check.data.broken ? t('audit.broken', { from: check.data.broken.fromId, until: check.data.broken.toId, to: check.data.broken.toId, why: t(`audit.why.${check.data.broken.why}`) }) : t('audit.sound', { rows: number(check.data.rows), unsealed: number(check.data.unsealed) })}</Alert>}
      <ProblemAlert of={check} />
      <div className="filters">
        <Select label={t('audit.find')} value={f.group ?? ''} onChange={(v) => set({ group: v })} data={[{ value: '', label: t('audit.all') }, ...(lines.data?.groups ?? []).map((g) => ({ value: g, label: groupOf(g) }))]} allowDeselect={false} searchable />
        <TextInput type="date" label={t('audit.from')} value={f.from ?? ''} onChange={(e) => set({ from: e.currentTarget.value })} />
        <TextInput type="date" label={t('audit.until')} value={f.until ?? ''} onChange={(e) => set({ until: e.currentTarget.value })} />
        <Checkbox mt={28} label={t('audit.sensitive')} checked={f.sensitive !== undefined} onChange={(e) => set({ sensitive: e.currentTarget.checked ? 'yes' : null })} />
      </div>
      <Loaded query={lines} height={420}>{({ items, more, seal }) => (
        <>
          {f.actorId && items[0]?.actor && <p className="asof">{t('audit.of', { name: items[0].actor.name })}<Button variant="subtle" size="compact-md" onClick={() => set({ actorId: null })}>{t('audit.clear')}</Button></p>}
          {f.objectId && <p className="asof">{items.find((l) => l.subject)?.subject ?? t('audit.about')}<Button variant="subtle" size="compact-md" onClick={() => set({ objectId: null })}>{t('audit.clear')}</Button></p>}
          {items.length === 0 ? <Empty action={<Button variant="outline" onClick={() => setParams({})}>{t('audit.clear')}</Button>}>{t('audit.none')}</Empty> : <section className="panel"><Lines items={items} onActor={(id) => set({ actorId: id })} onObject={(id) => set({ objectId: id })} /></section>}
          <div className="row-s no-print">{f.before && <Button variant="outline" onClick={() => set({ before: null })}>{t('audit.newest')}</Button>}{more && <Button variant="outline" onClick={() => set({ before: String(items.at(-1)?.id) })}>{t('audit.older')}</Button>}</div>
          {seal && <p className="sub" style={{ overflowWrap: 'anywhere' }}>{t('audit.seal', { at: moment(seal.at), hash: seal.hash })}</p>}
        </>
      )}</Loaded>
    </>
  );
}

function Lines({ items, onActor, onObject }: { items: readonly AuditLine[]; onActor: (id: string) => void; onObject: (id: string) => void }) {
  return (
    <Scroll label={t('audit.title')}><ul className="bare">{items.map((l) => {
      const { actor } = l;
      return (
        <li key={l.id} className="person wraps">
          <span><span className="sub">{moment(l.at)}</span><br />{actor ? <button type="button" className="linklike" onClick={() => onActor(actor.id)}>{actor.name}</button> : t('audit.program')} {actOf(l)}{l.subject && l.objectId !== actor?.id && <>: <button type="button" className="linklike" onClick={() => onObject(l.objectId)}>{l.subject}</button></>}</span>
          {l.sensitive && <span className="tag warn">{t('audit.sensitiveTag')}</span>}
          {Object.keys(l.data).length > 0 && <details style={{ flexBasis: '100%' }}><summary className="sub" style={{ cursor: 'pointer', minHeight: 32 }}>{t('audit.details')}</summary><code style={{ overflowWrap: 'anywhere' }}>{Object.entries(l.data).filter(([, v]) => v !== null && v !== '').map(([k, v]) => `${k}: ${typeof v === 'object' ? JSON.stringify(v) : String(v)}`).join(' · ')}</code></details>}
        </li>
      );
    })}</ul></Scroll>
  );
}
