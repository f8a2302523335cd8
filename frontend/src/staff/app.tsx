import { signOut } from '@lantoa/shared/access';
import { getBackups } from '@lantoa/shared/backups';
import type { Permission } from '@lantoa/shared/permissions';
import { Alert, Button, Loader } from '@mantine/core';
import { IconBook2, IconChalkboardTeacher, IconPencil, IconCertificate, IconChartBar, IconChecklist, IconHistory, IconMenu2, IconNotebook, IconRefresh, IconReportAnalytics, IconSettings, IconShieldLock, IconSitemap, IconTargetArrow, IconUsers } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { call, query } from '../lib/api.ts';
import { currentLanguage, setLanguage, t, useLanguage } from '../lib/i18n.ts';
import { later } from '../lib/later.tsx';
import { useSending, useSync } from '../lib/outbox.ts';
import { forgetHere, useSession } from '../lib/session.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Empty } from '../ui/staff-parts.tsx';

const ClassesPage = later(() => import('./features/classes/classes.page.tsx'));
const WizardPage = later(() => import('./features/classes/wizard.page.tsx'));
const HubPage = later(() => import('./features/classes/hub.page.tsx'));
const AttendancePage = later(() => import('./features/attendance/attendance.page.tsx'));
const TeachBackPage = later(() => import('./features/classes/teach-back.page.tsx'));
const IdentitiesPage = later(() => import('./features/classes/identities.page.tsx'));
const HostPage = later(() => import('./features/room/host.page.tsx'));
const PaperPage = later(() => import('./features/room/paper.page.tsx'));
const ApprovalsPage = later(() => import('./features/approvals/approvals.page.tsx'));
const ProgrammesPage = later(() => import('./features/programmes/programmes.page.tsx'));
const DuplicatesPage = later(() => import('./features/people/duplicates.page.tsx'));
const ResultsPage = later(() => import('./features/classes/results.page.tsx'));
const RosterPage = later(() => import('./features/roster/roster.page.tsx'));
const OverviewPage = later(() => import('./features/cascade/overview.page.tsx'));
const ProgressPage = later(() => import('./features/cascade/progress.page.tsx'));
const TrainersPage = later(() => import('./features/cascade/trainers.page.tsx'));
const OverduePage = later(() => import('./features/cascade/overdue.page.tsx'));
const OwnLinePage = later(() => import('./features/cascade/own-line.page.tsx'));
const LineagePage = later(() => import('./features/cascade/lineage.page.tsx'));
const ReportsPage = later(() => import('./features/reports/reports.page.tsx'));
const UnitsPage = later(() => import('./features/units/units.page.tsx'));
const ChangesPage = later(() => import('./features/units/changes.page.tsx'));
const ChangeFormPage = later(() => import('./features/units/change-form.page.tsx'));
const PlacePeoplePage = later(() => import('./features/units/place-people.page.tsx'));
const PeoplePage = later(() => import('./features/people/people.page.tsx'));
const PersonPage = later(() => import('./features/people/person.page.tsx'));
const CoursesPage = later(() => import('./features/courses/courses.page.tsx'));
const CoursePage = later(() => import('./features/courses/course.page.tsx'));
const BankPage = later(() => import('./features/bank/bank.page.tsx'));
const QuestionPage = later(() => import('./features/bank/question.page.tsx'));
const QuestionDraftPage = later(() => import('./features/bank/draft.page.tsx'));
const AwardingPage = later(() => import('./features/awarding/awarding.page.tsx'));
const BatchWizardPage = later(() => import('./features/awarding/batch-wizard.page.tsx'));
const BatchPage = later(() => import('./features/awarding/batch.page.tsx'));
const RenewalsPage = later(() => import('./features/awarding/renewals.page.tsx'));
const ForgeriesPage = later(() => import('./features/awarding/forgeries.page.tsx'));
const TemplatesPage = later(() => import('./features/templates/templates.page.tsx'));
const TemplatePage = later(() => import('./features/templates/template.page.tsx'));
const CampaignsPage = later(() => import('./features/refreshers/campaigns.page.tsx'));
const CampaignWizardPage = later(() => import('./features/refreshers/campaign-wizard.page.tsx'));
const ReminderTextsPage = later(() => import('./features/refreshers/templates.page.tsx'));
const CampaignPage = later(() => import('./features/refreshers/campaign.page.tsx'));
const AuditPage = later(() => import('./features/oversight/audit.page.tsx'));
const PrivacyPage = later(() => import('./features/privacy/privacy.page.tsx'));
const IncidentsPage = later(() => import('./features/privacy/incidents.page.tsx'));
const SettingsPage = later(() => import('./features/settings/settings.page.tsx'));
const BackupsPage = later(() => import('./features/settings/backups.page.tsx'));
const RegisterPage = later(() => import('./features/register/register.page.tsx'));
const EntryPage = later(() => import('./features/register/entry.page.tsx'));

/** Address, label, picture, and the permissions of which one is enough. */
const MENU: [string, string, typeof IconUsers, readonly Permission[]][] = [
  ['/quan-ly/lop', 'menu.classes', IconChalkboardTeacher, ['class.read']], ['/quan-ly/duyet', 'menu.approvals', IconChecklist, ['class.approve', 'batch.approve']], ['/quan-ly/toan-canh', 'menu.overview', IconChartBar, ['cascade.read']], ['/quan-ly/bao-cao', 'menu.reports', IconReportAnalytics, ['cascade.read']], ['/quan-ly/don-vi', 'menu.units', IconSitemap, ['unit.read']],
  ['/quan-ly/nguoi', 'menu.people', IconUsers, ['person.read']], ['/quan-ly/khoa', 'menu.courses', IconPencil, ['course.read']], ['/quan-ly/cap', 'menu.awarding', IconCertificate, ['register.read']], ['/quan-ly/so-cap', 'menu.register', IconNotebook, ['register.read']], ['/quan-ly/dot-on', 'menu.campaigns', IconRefresh, ['cascade.read', 'class.run']], ['/quan-ly/chuong-trinh', 'menu.programmes', IconTargetArrow, ['programme.edit']], ['/quan-ly/nhat-ky', 'menu.audit', IconHistory, ['audit.read']], ['/quan-ly/du-lieu', 'menu.privacy', IconShieldLock, ['privacy.run']], ['/quan-ly/cai-dat', 'menu.settings', IconSettings, ['system.read']],
];

/** What opens under another item of the menu. */
const ALSO: Record<string, readonly string[]> = { '/quan-ly/khoa': ['/quan-ly/cau-hoi'], '/quan-ly/cap': ['/quan-ly/gia-han', '/quan-ly/mau-chung-nhan', '/quan-ly/nghi-gia'] };

const OFTEN_MS = 600_000;
/** Whoever runs the installation sees on every page that there is no good backup. */
function BackupLate() {
  const backups = useQuery({ ...query(getBackups, {}), staleTime: OFTEN_MS, refetchInterval: OFTEN_MS });
  if (!backups.data?.late) return null;
  return <Alert color="do" role="alert">{t(backups.data.lastGoodAt ? 'backups.lateShort' : 'backups.neverShort')} <Link href="/quan-ly/cai-dat/sao-luu">{t('backups.title')}</Link></Alert>;
}

/** What was done here and is not with the server; leads to the list of it. */
function Waiting() {
  const { waiting, refused } = useSync();
  if (!waiting && !refused) return null;
  return <span role="status"><a href="/hoc/viec-tren-may">{t(refused ? 'menu.refused' : 'menu.unsent', { n: refused || waiting })}</a></span>;
}

export function App() {
  useLanguage();
  const session = useSession();
  const client = useQueryClient();
  useSending(session?.person?.id);
  const [at] = useLocation();
  if (!session) return <Loader m="xl" aria-label={t('ui.loading')} />;
  if (!session.person || session.out) {
    location.assign('/vao');
    return null;
  }
  const items = MENU.filter(([, , , one]) => one.some((p) => session.permissions.includes(p)));
  const links = items.map(([href, key, Icon]) => <Link key={href} href={href} aria-current={at.startsWith(href) || (ALSO[href] ?? []).some((also) => at.startsWith(also)) ? 'page' : undefined}><Icon size={20} stroke={1.75} aria-hidden /><span>{t(key)}</span></Link>);
  const other = currentLanguage() === 'vi' ? 'en' : 'vi';
  const leave = () => void call(signOut, {}).finally(() => forgetHere(client, session?.person?.id)).finally(() => location.assign('/vao'));
  return (
    <div className="shell">
      <header className="top"><div>
        <Link className="brand" href="/quan-ly">{t('menu.brand')}</Link>
        <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <Waiting /><a className="hide-small" href="/hoc/tai-khoan">{session.person.name}</a>
          <Button variant="subtle" color="gray.0" size="compact-md" lang={other} onClick={() => void setLanguage(other)}>{other.toUpperCase()}</Button>
          <Button variant="subtle" color="gray.0" size="compact-md" onClick={leave}>{t('ui.leave')}</Button>
        </span>
      </div></header>
      <nav className="rail" aria-label={t('menu.label')}>{links}<a href="/hoc"><IconBook2 size={20} stroke={1.75} aria-hidden /><span>{t('menu.learn')}</span></a></nav>
      <main className="work stack">
        {session.permissions.includes('system.read') && !at.startsWith('/quan-ly/cai-dat') && <BackupLate />}
        <Boundary at={at} fallback={<Empty action={<Button onClick={() => location.reload()}>{t('ui.again')}</Button>}>{t('ui.notHere')}</Empty>}><Suspense fallback={<Loader aria-label={t('ui.loading')} />}>
          <Switch>
            <Route path="/quan-ly"><Redirect to={items[0]?.[0] ?? '/quan-ly/lop'} /></Route>
            <Route path="/quan-ly/muc"><h1 style={{ margin: 0 }}>{t('menu.label')}</h1><nav className="panel all-items" aria-label={t('menu.all')}>{links}<a href="/hoc"><IconBook2 size={20} stroke={1.75} aria-hidden /><span>{t('menu.learn')}</span></a></nav></Route>
            <Route path="/quan-ly/lop"><ClassesPage /></Route>
            <Route path="/quan-ly/lop/moi"><WizardPage /></Route>
            <Route path="/quan-ly/lop/:id">{({ id }) => <HubPage classId={id} />}</Route>
            <Route path="/quan-ly/lop/:id/nhap">{({ id }) => <RosterPage classId={id} />}</Route>
            <Route path="/quan-ly/lop/:id/nhap/:roster">{({ id, roster }) => <RosterPage classId={id} rosterId={roster} />}</Route>
            <Route path="/quan-ly/lop/:id/diem-danh/:session">{({ id, session: s }) => <AttendancePage classId={id} sessionId={s} />}</Route>
            <Route path="/quan-ly/lop/:id/thi/:kind">{({ id, kind }) => <HostPage classId={id} kind={kind === 'post' ? 'post' : 'pre'} />}</Route>
            <Route path="/quan-ly/lop/:id/thi/:kind/phieu">{({ id, kind }) => <PaperPage classId={id} kind={kind === 'post' ? 'post' : 'pre'} />}</Route>
            <Route path="/quan-ly/lop/:id/giang-thu">{({ id }) => <TeachBackPage classId={id} />}</Route>
            <Route path="/quan-ly/lop/:id/doi-chieu">{({ id }) => <IdentitiesPage classId={id} />}</Route>
            <Route path="/quan-ly/duyet"><ApprovalsPage /></Route>
            <Route path="/quan-ly/chuong-trinh"><ProgrammesPage /></Route>
            <Route path="/quan-ly/lop/:id/ket-qua">{({ id }) => <ResultsPage classId={id} />}</Route>
            <Route path="/quan-ly/toan-canh"><OverviewPage /></Route>
            <Route path="/quan-ly/lan-toa"><OwnLinePage /></Route>
            <Route path="/quan-ly/toan-canh/tien-do"><ProgressPage /></Route>
            <Route path="/quan-ly/toan-canh/giang-vien"><TrainersPage /></Route>
            <Route path="/quan-ly/toan-canh/qua-han"><OverduePage /></Route>
            <Route path="/quan-ly/nguoi/:id/lan-toa">{({ id }) => <LineagePage personId={id} />}</Route>
            <Route path="/quan-ly/bao-cao"><ReportsPage /></Route>
            <Route path="/quan-ly/don-vi"><UnitsPage /></Route>
            <Route path="/quan-ly/don-vi/thay-doi"><ChangesPage /></Route>
            <Route path="/quan-ly/don-vi/thay-doi/moi"><ChangeFormPage /></Route>
            <Route path="/quan-ly/don-vi/thay-doi/:id/nguoi">{({ id }) => <PlacePeoplePage changeId={id} />}</Route>
            <Route path="/quan-ly/nguoi"><PeoplePage /></Route>
            <Route path="/quan-ly/nguoi/trung"><DuplicatesPage /></Route>
            <Route path="/quan-ly/nguoi/:id">{({ id }) => <PersonPage personId={id} />}</Route>
            <Route path="/quan-ly/khoa"><CoursesPage /></Route>
            <Route path="/quan-ly/khoa/:slug">{({ slug }) => <CoursePage key={slug} slug={slug} />}</Route>
            <Route path="/quan-ly/cau-hoi/khoa/:slug">{({ slug }) => <BankPage slug={slug} />}</Route>
            <Route path="/quan-ly/cau-hoi/nhap/:id">{({ id }) => <QuestionDraftPage id={id} />}</Route>
            <Route path="/quan-ly/cau-hoi/:id">{({ id }) => <QuestionPage key={id} id={id} />}</Route>
            <Route path="/quan-ly/cap"><AwardingPage /></Route>
            <Route path="/quan-ly/cap/moi"><BatchWizardPage /></Route>
            <Route path="/quan-ly/cap/:id">{({ id }) => <BatchPage key={id} batchId={id} />}</Route>
            <Route path="/quan-ly/gia-han"><RenewalsPage /></Route>
            <Route path="/quan-ly/nghi-gia"><ForgeriesPage /></Route>
            <Route path="/quan-ly/mau-chung-nhan"><TemplatesPage /></Route>
            <Route path="/quan-ly/mau-chung-nhan/:id">{({ id }) => <TemplatePage templateId={id} />}</Route>
            <Route path="/quan-ly/dot-on"><CampaignsPage /></Route>
            <Route path="/quan-ly/dot-on/moi"><CampaignWizardPage /></Route>
            <Route path="/quan-ly/dot-on/loi-nhac"><ReminderTextsPage /></Route>
            <Route path="/quan-ly/dot-on/:id">{({ id }) => <CampaignPage campaignId={id} />}</Route>
            <Route path="/quan-ly/so-cap"><RegisterPage /></Route>
            <Route path="/quan-ly/nhat-ky"><AuditPage /></Route>
            <Route path="/quan-ly/du-lieu"><PrivacyPage /></Route>
            <Route path="/quan-ly/du-lieu/su-co"><IncidentsPage /></Route>
            <Route path="/quan-ly/cai-dat"><SettingsPage /></Route>
            <Route path="/quan-ly/cai-dat/sao-luu"><BackupsPage /></Route>
            <Route path="/quan-ly/so-cap/:id">{({ id }) => <EntryPage key={id} entryId={id} />}</Route>
            <Route><h1>{t('ui.missing')}</h1><Link href="/quan-ly">{t('ui.home')}</Link></Route>
          </Switch>
        </Suspense></Boundary>
      </main>
      <nav className="bottom" aria-label={t('menu.label')}>{links.slice(0, links.length > 5 ? 4 : 5)}{links.length > 5 && <Link href="/quan-ly/muc" aria-current={at === '/quan-ly/muc' ? 'page' : undefined}><IconMenu2 size={20} stroke={1.75} aria-hidden /><span>{t('menu.more')}</span></Link>}</nav>
    </div>
  );
}
