import { Link, useLocation } from 'wouter';
import { t } from '../lib/i18n.ts';

const TABS = [['/quan-ly/cap', 'award.tab.batches'], ['/quan-ly/gia-han', 'award.tab.renewals'], ['/quan-ly/mau-chung-nhan', 'award.tab.templates'], ['/quan-ly/nghi-gia', 'award.tab.forgeries']] as const;

/** What belongs to giving certificates, beside the book itself. */
export function AwardTabs() {
  const [at] = useLocation();
  return <nav className="tabs no-print" aria-label={t('award.title')}>{TABS.map(([href, key]) => <Link key={href} href={href} aria-current={at.startsWith(href) ? 'page' : undefined}>{t(key)}</Link>)}</nav>;
}
