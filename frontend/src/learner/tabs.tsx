import { IconBook2, IconCertificate, IconHelpCircle, IconHome } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { t } from '../lib/i18n.ts';

const TABS = [['/hoc', 'tabs.today', IconHome], ['/hoc/bai', 'tabs.lessons', IconBook2], ['/hoc/chung-nhan', 'tabs.certificates', IconCertificate], ['/hoc/tro-giup', 'tabs.help', IconHelpCircle]] as const;

export function Tabs() {
  const [at] = useLocation();
  return <nav className="tabs" aria-label={t('tabs.label')}>{TABS.map(([href, key, Icon]) => <Link key={href} href={href} aria-current={at === href ? 'page' : undefined}><Icon size={26} aria-hidden /><span>{t(key)}</span></Link>)}</nav>;
}
