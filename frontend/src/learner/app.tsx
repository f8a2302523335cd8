import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { fetchWords, t, useLanguage } from '../lib/i18n.ts';
import { fetchPages, later } from '../lib/later.tsx';
import { keepApp } from '../lib/new-version.ts';
import { useSending } from '../lib/outbox.ts';
import { keepCopies } from '../lib/read-store.ts';
import { useSession } from '../lib/session.ts';
import { Boundary } from '../ui/boundary.tsx';
import { NewVersionBar } from '../ui/new-version-bar.tsx';
import { Notice, Skeletons } from '../ui/parts.tsx';
import { TodayPage } from './features/today/today.page.tsx';
import { Tabs } from './tabs.tsx';

/** Words of everything but the first page: they come with the file of the page that is opened first. */
let words: Promise<void> | undefined;
const page = <P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> => later(async () => {
  words ??= fetchWords(() => import('../locales/vi/pages.json'), () => import('../locales/en/pages.json'));
  const [file] = await Promise.all([load(), words.catch((e) => { words = undefined; throw e; })]);
  return file;
});

const EntryPage = page(() => import('./features/entry/entry.page.tsx'));
const HubPage = page(() => import('./features/hub/hub.page.tsx'));
const PeoplePage = page(() => import('./features/entry/people.page.tsx'));
const OwnerPage = page(() => import('./features/entry/owner.page.tsx'));
const LessonsPage = page(() => import('./features/lessons/lessons.page.tsx'));
const ReaderPage = page(() => import('./features/lessons/reader.page.tsx'));
const ProjectorPage = page(() => import('./features/lessons/projector.page.tsx'));
const CalendarPage = page(() => import('./features/help/calendar.page.tsx'));
const QuizPage = page(() => import('./features/quiz/quiz.page.tsx'));
const ResultPage = page(() => import('./features/quiz/result.page.tsx'));
const CertificatesPage = page(() => import('./features/certificates/certificates.page.tsx'));
const RoomCodePage = page(() => import('./features/quiz/room-code.page.tsx'));
const RoomPage = page(() => import('./features/quiz/room.page.tsx'));
const WallPage = page(() => import('./features/quiz/wall.page.tsx'));
const CheckInPage = page(() => import('./features/attendance/check-in.page.tsx'));
const AccountPage = page(() => import('./features/account/account.page.tsx'));
const MyDataPage = page(() => import('./features/account/my-data.page.tsx'));
const StoragePage = page(() => import('./features/storage/storage.page.tsx'));
const UnsentPage = page(() => import('./features/unsent/unsent.page.tsx'));
const HelpPage = page(() => import('./features/help/help.page.tsx'));

export function App() {
  useLanguage();
  const session = useSession();
  const personId = session?.person?.id;
  const client = useQueryClient();
  const [at] = useLocation();
  useSending(personId);
  useEffect(() => {
    if (!personId) return;
    void keepCopies(client, personId);
    // Last of all, and never in a hall, where sixty phones share a thin link and most do not come back.
    fetchPages(keepApp);
  }, [personId, client]);
  // Halls and first entries are for people without a session, too.
  const entering = /^\/(vao|t|chieu)(\/|$)/.test(location.pathname);
  if (!session && !entering) return <main className="page"><Skeletons /></main>;
  return (
    <Boundary at={at} fallback={<main className="page"><Notice kind="warn">{t('ui.notHere')}</Notice><button type="button" className="btn" onClick={() => location.reload()}>{t('ui.again')}</button></main>}><Suspense fallback={<main className="page"><Skeletons /></main>}>
      <Switch>
        <Route path="/vao/chu"><OwnerPage /></Route>
        <Route path="/vao/k"><EntryPage /></Route>
        <Route path="/vao/may-lop"><HubPage /></Route>
        <Route path="/vao/doi-nguoi"><PeoplePage /></Route>
        <Route path="/vao"><EntryPage /></Route>
        <Route path="/t"><RoomCodePage /></Route>
        <Route path="/t/:code">{({ code }) => <RoomPage key={code} code={code} />}</Route>
        <Route path="/chieu/:code">{({ code }) => <WallPage code={code} />}</Route>
        {session && !session.person && <Route><Redirect to="/vao" /></Route>}
        <Route path="/hoc/bai/:id/chieu">{({ id }) => <ProjectorPage lessonId={id} />}</Route>
        <Route path="/hoc/co-mat/:session/:code">{({ session: s, code }) => <CheckInPage sessionId={s} code={code} />}</Route>
        <Route path="/hoc/lich"><CalendarPage /></Route>
        <Route path="/hoc/bai/:id">{({ id }) => <ReaderPage key={id} lessonId={id} />}</Route>
        <Route path="/hoc/on/:id">{({ id }) => <QuizPage formId={id} sittingId={null} />}</Route>
        <Route path="/hoc/on-lai/:id">{({ id }) => <QuizPage key={id} formId={id} sittingId={null} refresher />}</Route>
        <Route path="/hoc/kiem-tra/:sitting/:form">{({ sitting, form }) => <QuizPage formId={form} sittingId={sitting} />}</Route>
        <Route path="/hoc/ket-qua/:id">{({ id }) => <ResultPage attemptId={id} />}</Route>
        <Route><div className="with-tabs"><NewVersionBar /><Switch>
          <Route path="/hoc"><TodayPage /></Route>
          <Route path="/hoc/bai"><LessonsPage /></Route>
          <Route path="/hoc/chung-nhan"><CertificatesPage /></Route>
          <Route path="/hoc/tro-giup"><HelpPage /></Route>
          <Route path="/hoc/tai-khoan"><AccountPage /></Route>
          <Route path="/hoc/du-lieu"><MyDataPage /></Route>
          <Route path="/hoc/bo-nho"><StoragePage /></Route>
          <Route path="/hoc/viec-tren-may"><UnsentPage /></Route>
          <Route><HelpPage missing /></Route>
        </Switch><Tabs /></div></Route>
      </Switch>
    </Suspense></Boundary>
  );
}
