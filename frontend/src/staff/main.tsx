import '@mantine/core/styles.css';
import '../ui/staff.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { startWords } from '../lib/i18n.ts';
import { watchMissingFiles } from '../lib/later.tsx';
import { beginSession } from '../lib/session.ts';
import problems from '../locales/vi/problems.json';
import staff from '../locales/vi/staff.json';
import { App } from './app.tsx';
import { theme } from './theme.ts';

/** The word by which this page's policy knows styles that are made as it runs; libraries that ask the bundler for it find it there, too. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000, networkMode: 'offlineFirst' }, mutations: { networkMode: 'offlineFirst' } } });

async function start(): Promise<void> {
  watchMissingFiles();
  await startWords({ ...staff, ...problems }, [() => import('../locales/en/staff.json'), () => import('../locales/en/problems.json')]);
  await beginSession(client);
  createRoot(document.getElementById('root') as HTMLElement).render(
    <QueryClientProvider client={client}><MantineProvider theme={theme} forceColorScheme="light" getStyleNonce={() => nonce}><App /></MantineProvider></QueryClientProvider>,
  );
}
void start();
