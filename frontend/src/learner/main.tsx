import '../ui/learner.css';
import { getSession, type Session } from '@lantoa/shared/access';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { query } from '../lib/api.ts';
import { startWords } from '../lib/i18n.ts';
import { keepCopies } from '../lib/read-store.ts';
import { rememberedSession, tellSession } from '../lib/session.ts';
import learner from '../locales/vi/learner.json';
import problems from '../locales/vi/problems.json';
import { App } from './app.tsx';
import { applySettings } from './settings.ts';

declare global { interface Window { early?: Promise<Session | null> } }

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 30_000, networkMode: 'offlineFirst' }, mutations: { networkMode: 'offlineFirst' } } });

async function start(): Promise<void> {
  applySettings();
  await startWords({ ...learner, ...problems }, [() => import('../locales/en/learner.json'), () => import('../locales/en/problems.json')]);
  // The page has asked already, before this script had arrived. Whoever was here before need not wait for the answer.
  const early = Promise.resolve(window.early ?? null).then((s) => { if (s) tellSession(client, s); });
  const before = rememberedSession();
  if (!before) await early;
  else if (before.person) await keepCopies(client, before.person.id);
  if (before && !client.getQueryData(query(getSession, {}).queryKey)) client.setQueryData(query(getSession, {}).queryKey, before, { updatedAt: 0 });
  createRoot(document.getElementById('root') as HTMLElement).render(<QueryClientProvider client={client}><App /></QueryClientProvider>);
}
void start();
