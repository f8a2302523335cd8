import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeptSeat, SeatStore } from './room-client.ts';

interface Schema extends DBSchema { seat: { key: string; value: KeptSeat } }
let opened: Promise<IDBPDatabase<Schema>> | undefined;
const db = () => (opened ??= openDB<Schema>('lantoa-room', 1, { upgrade: (d) => void d.createObjectStore('seat', { keyPath: 'code' }) }));

/** The seat that this phone has in a room, one a room. A browser that keeps nothing still goes on, until it is closed. */
const inMemory = new Map<string, KeptSeat>();
export const seatStore: SeatStore = {
  async load(code) {
    return inMemory.get(code) ?? (await (await db()).get('seat', code).catch(() => undefined)) ?? null;
  },
  async save(seat) {
    inMemory.set(seat.code, seat);
    await db().then((d) => d.put('seat', structuredClone(seat))).catch(() => undefined);
  },
  async clear(code) {
    inMemory.delete(code);
    await db().then((d) => d.delete('seat', code)).catch(() => undefined);
  },
};

/** A secret of this phone: 256 random bits. */
export const newSeatToken = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '');

/** Opens a sealed test with the start code. Throws when the code is wrong. Only where the browser has WebCrypto (https, or this machine). */
export async function openBox<T>(box: { salt: string; iv: string; data: string; iterations: number }, startCode: string): Promise<T> {
  const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(startCode), 'PBKDF2', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes(box.salt), iterations: box.iterations }, base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(box.iv) }, key, bytes(box.data)))) as T;
}
