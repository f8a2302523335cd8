import { getBackups } from '@lantoa/shared/backups';
import type { Permission } from '@lantoa/shared/permissions';
import { getServerSettings, type ServerSettings } from '@lantoa/shared/system';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { query } from '../../../lib/api.ts';
import { moment } from '../../../lib/format.ts';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../../lib/session.ts';
import { Head, Loaded } from '../../../ui/staff-parts.tsx';

/** Where each thing is set, and who may. */
const LINKS: readonly [string, string, Permission][] = [
  ['programmes', '/quan-ly/chuong-trinh', 'programme.edit'], ['templates', '/quan-ly/mau-chung-nhan', 'template.edit'], ['words', '/quan-ly/dot-on/loi-nhac', 'campaign.run'], ['roles', '/quan-ly/nguoi', 'role.grant'], ['privacy', '/quan-ly/du-lieu', 'privacy.run'], ['audit', '/quan-ly/nhat-ky', 'audit.read'],
];

/** Few, safe switches: what is set in the program has its own page; what the server was started with is told here, with what it leaves out. */
export default function SettingsPage() {
  const session = useSession();
  const backups = useQuery(query(getBackups, {}));
  const settings = useQuery(query(getServerSettings, {}));
  return (
    <>
      <Head title={t('settings.title')} />
      <section className="panel"><h2>{t('settings.where')}</h2><ul className="tasks">
        <li><Link href="/quan-ly/cai-dat/sao-luu"><span>{t('settings.link.backups')}</span>{backups.data && <span className={backups.data.late ? 'tag bad' : 'sub'}>{backups.data.lastGoodAt ? t('settings.lastGood', { at: moment(backups.data.lastGoodAt) }) : t('settings.noGood')}</span>}</Link></li>
        {LINKS.filter(([, , p]) => session?.permissions.includes(p)).map(([name, at]) => <li key={name}><Link href={at}><span>{t(`settings.link.${name}`)}</span></Link></li>)}
      </ul></section>
      <section className="panel"><h2>{t('settings.now')}</h2><p className="sub">{t('settings.nowHint')}</p>
        <Loaded query={settings} height={360}>{(s) => <dl className="facts2" style={{ marginTop: 16 }}>{factsOf(s).map(([name, value, weak]) => <div key={name}><dt>{t(`settings.${name}`)}</dt><dd style={{ overflowWrap: 'anywhere' }}>{value}{weak && <><br /><span className="tag warn">{weak}</span></>}</dd></div>)}</dl>}</Loaded>
      </section>
    </>
  );
}

/** Name, value, and what the operator should think of, if anything. */
function factsOf(s: ServerSettings): [string, string, string?][] {
  return [
    ['version', s.version],
    ['publicUrl', s.publicUrl, s.https ? undefined : t('settings.publicUrl.off')],
    ['database', [t('settings.database.is', { version: s.database }), s.pooler && t('settings.database.pooler'), s.replica && t('settings.database.replica')].filter(Boolean).join(' · ')],
    ['processes', String(s.processes)],
    ['files', t(`settings.files.${s.files}`)],
    ['secondStep', t(`settings.secondStep.${s.secondStep}`), s.https && s.secondStep === 'offered' ? t('settings.secondStep.better') : undefined],
    ['mail', t(s.mail ? 'settings.on' : 'settings.mail.off')],
    ['pdf', `${t(`settings.pdf.${s.pdfStandard}`)} · ${t(s.pdfSigned ? 'settings.pdf.signed' : 'settings.pdf.unsigned')}`],
    ['keys', t(s.ownSecretKey ? 'settings.keys.own' : 'settings.keys.folder')],
    ['backupKeys', s.backupKeys ? t('settings.backupKeys.n', { n: s.backupKeys }) : t('settings.backupKeys.off')],
    ['traces', t(s.traces ? 'settings.on' : 'settings.traces.off')],
  ];
}
