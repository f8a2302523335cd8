import { digestOf, type Json } from './documents.ts';
import { vcLibrary } from './vc-door.ts';

/** Documents by their address (or, for an issuer's keys, by its name), as the bytes that were served. */
export type Folder = ReadonlyMap<string, string>;
export const faultCodes = ['not-json', 'not-a-credential', 'keys-missing', 'wrong-issuer', 'wrong-key', 'bad-signature', 'not-yet-valid', 'expired', 'status-missing', 'status-bad-signature', 'revoked', 'chain-missing', 'chain-changed', 'trainer-not-certified-then'] as const;
export type FaultCode = (typeof faultCodes)[number];
/** What is wrong, and with which document. */
export interface CheckFault { code: FaultCode; document: string; about: string }
/** A step of the chain, from the credential up. */
export interface CheckedLink { document: string; kind: 'credential' | 'class-record'; name: string; from: string; until: string | null; state: 'good' | 'bad' | 'revoked-since' | 'expired-since' }
export interface Checked { ok: boolean; faults: CheckFault[]; chain: CheckedLink[] }

type Doc = Json & { id?: string; type?: string[]; issuer?: string | { id?: string }; validFrom?: string; validUntil?: string; name?: string; credentialSubject?: Json; credentialStatus?: { statusListCredential?: string; statusListIndex?: string }; relatedResource?: { id: string; digestSRI: string }[]; proof?: unknown };
const list = <T>(v: T | T[] | undefined): T[] => (v === undefined ? [] : Array.isArray(v) ? v : [v]);
const issuerOf = (d: Doc): string => (typeof d.issuer === 'string' ? d.issuer : (d.issuer?.id ?? ''));

/** Checks a credential, and everything that it rests on, with nothing but a folder of documents: no network, and no trust in the server that made it. `now`: on which moment it must be good. */
export async function checkCredential(bytes: string, folder: Folder, now: Date): Promise<Checked> {
  return new Check(folder, now).whole(bytes);
}

class Check {
  private readonly faults: CheckFault[] = [];
  private readonly chain: CheckedLink[] = [];
  private readonly seen = new Set<string>();
  constructor(private readonly folder: Folder, private readonly now: Date) {}

  async whole(bytes: string): Promise<Checked> {
    const doc = this.parse(bytes, 'the file');
    if (doc) {
      const sound = await this.signature(doc);
      if (sound) await this.today(doc);
      await this.above(doc);
    }
    return { ok: this.faults.length === 0, faults: this.faults, chain: this.chain };
  }

  /** Is it good today? */
  private async today(doc: Doc): Promise<void> {
    const at = doc.id ?? '';
    if (doc.validFrom && new Date(doc.validFrom) > this.now) this.fault('not-yet-valid', at, doc.validFrom);
    const expired = this.expired(doc, this.now);
    if (expired) this.fault('expired', at, doc.validUntil ?? '');
    const status = await this.revoked(doc);
    if (status === 'revoked') this.fault('revoked', at, '');
    this.link(doc, 'credential', this.faults.length ? 'bad' : 'good');
  }

  /** The class record that a credential rests on, and the credentials of those who taught, as of the first day. */
  private async above(doc: Doc): Promise<void> {
    if (doc.id && this.seen.has(doc.id)) return;
    if (doc.id) this.seen.add(doc.id);
    for (const { id, digestSRI } of list(doc.relatedResource)) {
      const bytes = this.folder.get(id);
      if (bytes === undefined) { this.fault('chain-missing', id, doc.id ?? ''); continue; }
      if (digestOf(bytes) !== digestSRI) { this.fault('chain-changed', id, doc.id ?? ''); continue; }
      const next = this.parse(bytes, id);
      if (!next || !(await this.signature(next))) continue;
      await this.resting(next, doc);
      await this.above(next);
    }
  }

  /** A class record is good once it is signed; a trainer's credential must have been in force on the first day of the class. What ended later is told and harms nothing. */
  private async resting(next: Doc, from: Doc): Promise<void> {
    if (!next.type?.includes('OpenBadgeCredential')) return this.link(next, 'class-record', 'good');
    const start = new Date(`${String(from.credentialSubject?.startDate ?? '')}T12:00:00+07:00`);
    const then = next.validFrom && new Date(next.validFrom) <= start && !this.expired(next, start);
    if (!then) this.fault('trainer-not-certified-then', next.id ?? '', from.id ?? '');
    this.link(next, 'credential', !then ? 'bad' : (await this.revoked(next)) === 'revoked' ? 'revoked-since' : this.expired(next, this.now) ? 'expired-since' : 'good');
  }

  private async signature(doc: Doc): Promise<boolean> {
    const at = doc.id ?? 'the file';
    const keys = this.folder.get(issuerOf(doc));
    const proofs = list(doc.proof as { verificationMethod?: string } | { verificationMethod?: string }[]);
    const method = proofs[0]?.verificationMethod ?? '';
    // Said apart from "bad signature", because it tells another story: somebody else signed, or with a key that nobody published.
    if (!proofs.length) return this.fault('bad-signature', at, 'no proof');
    if (method.split('#')[0] !== issuerOf(doc)) return this.fault('wrong-issuer', at, method);
    if (keys === undefined) return this.fault('keys-missing', at, issuerOf(doc));
    if (!this.key(method)) return this.fault('wrong-key', at, method);
    const { signatureHolds } = await vcLibrary();
    return (await signatureHolds(doc, this.find, new Date(doc.validFrom ?? this.now))) || this.fault('bad-signature', at, '');
  }

  private async revoked(doc: Doc): Promise<'good' | 'revoked' | 'unknown'> {
    const at = doc.credentialStatus?.statusListCredential;
    if (!at) return 'good';
    if (!this.folder.has(at)) { this.fault('status-missing', doc.id ?? '', at); return 'unknown'; }
    const { statusOf } = await vcLibrary();
    const status = await statusOf(doc, this.find);
    if (status === 'unknown') this.fault('status-bad-signature', at, doc.id ?? '');
    return status;
  }

  private expired(doc: Doc, at: Date): boolean {
    return doc.validUntil !== undefined && new Date(doc.validUntil) <= at;
  }

  private key(method: string): object | null {
    const keys = JSON.parse(this.folder.get(method.split('#')[0] as string) ?? 'null') as { verificationMethod?: { id: string }[]; assertionMethod?: string[] } | null;
    const found = keys?.verificationMethod?.find((k) => k.id === method);
    return found && keys?.assertionMethod?.includes(method) ? { '@context': 'https://w3id.org/security/multikey/v1', ...found } : null;
  }

  private readonly find = (url: string): object | null => (url.startsWith('did:') && url.includes('#') ? this.key(url) : this.folder.has(url) ? (JSON.parse(this.folder.get(url) as string) as object) : null);

  private parse(bytes: string, at: string): Doc | null {
    try {
      const doc = JSON.parse(bytes) as Doc;
      if (list(doc.type).includes('VerifiableCredential')) return doc;
      this.fault('not-a-credential', at, '');
    } catch {
      this.fault('not-json', at, '');
    }
    return null;
  }

  private link(doc: Doc, kind: CheckedLink['kind'], state: CheckedLink['state']): void {
    const subject = (doc.credentialSubject ?? {}) as { name?: string; startDate?: string; endDate?: string; licenseNumber?: string };
    this.chain.push(kind === 'credential'
      ? { document: doc.id ?? '', kind, name: `${subject.licenseNumber ?? ''} ${doc.name ?? ''}`.trim(), from: doc.validFrom ?? '', until: doc.validUntil ?? null, state }
      : { document: doc.id ?? '', kind, name: subject.name ?? '', from: subject.startDate ?? '', until: subject.endDate ?? null, state });
  }

  private fault(code: FaultCode, document: string, about: string): false {
    this.faults.push({ code, document, about });
    return false;
  }
}
