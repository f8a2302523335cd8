import '../ui/learner.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { fetchWords, startWords } from '../lib/i18n.ts';
import { watchMissingFiles } from '../lib/later.tsx';
import { beginSession } from '../lib/session.ts';
import learner from '../locales/vi/learner.json';
import { App } from './app.tsx';
import { applySettings } from './settings.ts';

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 30_000, networkMode: 'offlineFirst' }, mutations: { networkMode: 'offlineFirst' } } });

async function start(): Promise<void> {
  watchMissingFiles();
  applySettings();
  await startWords(learner, [() => import('../locales/en/learner.json')]);
  await beginSession(client);
  createRoot(document.getElementById('root') as HTMLElement).render(<QueryClientProvider client={client}><App /></QueryClientProvider>);
  // What can go wrong has many words, and most visits need none of them.
  await fetchWords(() => import('../locales/vi/problems.json'), () => import('../locales/en/problems.json')).catch(() => undefined);
}
void start();
