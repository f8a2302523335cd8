import type { Endpoint, InputOf } from '@lantoa/shared/endpoint';
import { addressOf, ApiProblem } from './api.ts';

/** Fetches a file and saves it, so that a refusal becomes a sentence and not a page. Throws `ApiProblem`. */
export async function openFile<E extends Endpoint>(e: E, input: InputOf<E>, name: string): Promise<void> {
  const { body } = input as { body?: unknown };
  let reply: Response;
  try {
    reply = await fetch(addressOf(e, input), { method: e.method, credentials: 'same-origin', ...(e.method !== 'GET' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }) });
  } catch {
    throw new ApiProblem('network');
  }
  if (!reply.ok) {
    const problem = await reply.json().catch(() => null);
    throw new ApiProblem(problem?.code ?? 'network', problem);
  }
  saveAs(await reply.blob(), name);
}

/** Saves what was made here, or opens it where the browser shows it. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
