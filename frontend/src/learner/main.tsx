import '../ui/learner.css';
import { getSession, type Session } from '@lantoa/shared/access';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { askedEarly, query, speakAs } from '../lib/api.ts';
import { fetchWords, startWords } from '../lib/i18n.ts';
import { watchMissingFiles } from '../lib/later.tsx';
import { keepCopies } from '../lib/read-store.ts';
import { heldSession, rememberedSession, tellSession } from '../lib/session.ts';
import learner from '../locales/vi/learner.json';
import { App } from './app.tsx';
import { applySettings } from './settings.ts';

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 30_000, networkMode: 'offlineFirst' }, mutations: { networkMode: 'offlineFirst' } } });

async function start(): Promise<void> {
  watchMissingFiles();
  applySettings();
  await startWords(learner, [() => import('../locales/en/learner.json')]);
  // The page has asked already, before this script had arrived. Whoever was here before need not wait for the answer.
  const early = askedEarly('/api/session').then((s) => { if (s) tellSession(client, heldSession(s as Session)); });
  const before = rememberedSession();
  speakAs(before?.person?.id);
  if (!before) await early;
  else if (before.person) await keepCopies(client, before.person.id);
  if (before && !client.getQueryData(query(getSession, {}).queryKey)) client.setQueryData(query(getSession, {}).queryKey, before, { updatedAt: 0 });
  createRoot(document.getElementById('root') as HTMLElement).render(<QueryClientProvider client={client}><App /></QueryClientProvider>);
  // What can go wrong has many words, and most visits need none of them.
  await fetchWords(() => import('../locales/vi/problems.json'), () => import('../locales/en/problems.json')).catch(() => undefined);
}
void start();
