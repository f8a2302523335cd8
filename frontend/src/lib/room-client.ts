import type { GivenAnswer } from '@lantoa/shared/assessment';
import type { Endpoint, InputOf, OutputOf } from '@lantoa/shared/endpoint';
import { newId } from '@lantoa/shared/rules/ids';
import { getSeat, handInSeat, joinRoom, saveSeatAnswers, type SeatState } from '@lantoa/shared/rooms';

/** What a phone keeps of its seat. The token is the seat: it is made here and never shown. */
export interface KeptSeat { token: string; code: string; enrolmentId: string; name: string; attemptId: string; channel: 'own-phone' | 'shared-phone'; state: SeatState | null; answers: GivenAnswer[]; unsent: string[]; handingIn: boolean; receivedAt: string | null }
export interface SeatStore { load(code: string): Promise<KeptSeat | null>; save(seat: KeptSeat): Promise<void>; clear(code: string): Promise<void> }
export type Call = <E extends Endpoint>(e: E, input: InputOf<E>, o?: { signal: AbortSignal }) => Promise<OutputOf<E>>;

/** Is it the server's own word that this cannot be, and not a network that fails? Then trying again changes nothing. */
const isRefusal = (e: unknown): boolean => { const code = (e as { code?: string }).code; return code !== undefined && code !== 'network' && code !== 'server.failure' && code !== 'server.busy' && code !== 'server.disk-full' && code !== 'access.too-many-tries' && code !== 'request.conflict'; };
const FIRST_PAUSE_MS = 400;
/** Short, so that a hall is at work again within seconds of its network: a try is a few hundred bytes. */
const LONGEST_PAUSE_MS = 1500;
/** A request that hangs on a dead connection is given up and sent anew; the server keeps what came twice once. */
const GIVE_UP_MS = 12_000;
/** What has piled up goes in parts: the first is there before sixty whole piles would be through. */
const AT_ONCE = 6;

/**
 * A phone in a hall: takes a seat, keeps every answer before it sends it, sends until the server has said that it has it, and hands in the same way. Whatever is
 * interrupted goes on from what is kept. Knows nothing of pages, so that a test can be sixty phones.
 */
export class RoomClient {
  private sending: Promise<void> | undefined;
  private stopped = false;
  /** Did the last thing that was sent not get through? */
  failing = false;
  private readonly listeners = new Set<() => void>();

  constructor(readonly seat: KeptSeat, private readonly call: Call, private readonly store: SeatStore) {}

  /** Takes a seat; the token is kept before it is sent, so that a reply that is lost does not lose the seat. */
  static async join(o: { code: string; enrolmentId: string; proof: string; name: string; channel: KeptSeat['channel']; token: string }, call: Call, store: SeatStore): Promise<RoomClient> {
    const fresh: KeptSeat = { token: o.token, code: o.code, enrolmentId: o.enrolmentId, name: o.name, attemptId: '', channel: o.channel, state: null, answers: [], unsent: [], handingIn: false, receivedAt: null };
    const { name, attemptId } = await call(joinRoom, { params: { code: o.code }, body: { token: o.token, enrolmentId: o.enrolmentId, proof: o.proof, channel: o.channel } });
    const seat = { ...fresh, name, attemptId };
    await store.save(seat);
    return new RoomClient(seat, call, store);
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Asks the server where the seat stands. What was saved from another phone comes along. */
  async refresh(): Promise<SeatState> {
    const state = await this.call(getSeat, { body: { token: this.seat.token } }, { signal: AbortSignal.timeout(GIVE_UP_MS) });
    const known = new Set(this.seat.answers.map((a) => a.questionVersionId));
    for (const s of state.attempt?.saved ?? []) if (!known.has(s.questionVersionId)) this.seat.answers.push({ id: newId(), questionVersionId: s.questionVersionId, choice: s.choice, revision: 1, answeredAt: new Date().toISOString() });
    // Questions that are here stay here when the network is not.
    this.seat.state = { ...state, attempt: state.attempt ?? (state.submitted ? null : (this.seat.state?.attempt ?? null)), box: state.box ?? this.seat.state?.box ?? null };
    await this.keep();
    return this.seat.state;
  }

  /** Opens what was fetched ahead (the start code was right): from now on no network is needed. */
  async opened(attempt: NonNullable<SeatState['attempt']>): Promise<void> {
    if (this.seat.state) this.seat.state = { ...this.seat.state, attempt };
    await this.keep();
  }

  choiceOf(questionVersionId: string): string | undefined {
    return this.seat.answers.filter((a) => a.questionVersionId === questionVersionId).sort((a, b) => b.revision - a.revision)[0]?.choice;
  }

  /** Keeps an answer on the phone and begins to send. Resolves when it is kept. */
  async answer(questionVersionId: string, choice: string): Promise<void> {
    const revision = Math.max(0, ...this.seat.answers.filter((a) => a.questionVersionId === questionVersionId).map((a) => a.revision)) + 1;
    const given = { id: newId(), questionVersionId, choice, revision, answeredAt: new Date().toISOString() };
    this.seat.answers.push(given);
    this.seat.unsent.push(given.id);
    await this.keep();
    void this.flush();
  }

  /** Says that it is handed in; sent now or when there is network. */
  async handIn(): Promise<void> {
    this.seat.handingIn = true;
    await this.keep();
    await this.flush();
  }

  /** Sends what waits until all of it is there. One sender at a time. */
  flush(): Promise<void> {
    if (!this.waiting || this.stopped) return Promise.resolve();
    this.sending ??= this.send();
    return this.sending;
  }

  stop(): void {
    this.stopped = true;
  }

  get waiting(): boolean {
    return this.seat.unsent.length > 0 || (this.seat.handingIn && this.seat.receivedAt === null);
  }

  private async send(): Promise<void> {
    try {
      for (let pause = FIRST_PAUSE_MS; this.waiting && !this.stopped; ) {
        try {
          if (this.seat.handingIn) await this.sendAll();
          else await this.sendUnsent();
          pause = FIRST_PAUSE_MS;
          this.failing = false;
        } catch (e) {
          if (isRefusal(e)) throw e;
          this.failing = true;
          this.tell();
          // Sixty phones that lost the server together must not come back in the same instant.
          await new Promise((done) => setTimeout(done, pause * (0.5 + Math.random())));
          pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
        }
      }
    } finally {
      // In the same breath as the last look at what waits: an answer given now finds no sender and becomes one.
      this.sending = undefined;
      this.tell();
    }
  }

  private async sendUnsent(): Promise<void> {
    const ids = new Set(this.seat.unsent.slice(0, AT_ONCE));
    await this.call(saveSeatAnswers, { body: { token: this.seat.token, answers: this.seat.answers.filter((a) => ids.has(a.id)) } }, { signal: AbortSignal.timeout(GIVE_UP_MS) });
    this.seat.unsent = this.seat.unsent.filter((id) => !ids.has(id));
    await this.keep();
  }

  private async sendAll(): Promise<void> {
    const ids = new Set(this.seat.unsent);
    const { receivedAt } = await this.call(handInSeat, { body: { token: this.seat.token, answers: this.seat.answers.filter((a) => ids.has(a.id)) } }, { signal: AbortSignal.timeout(GIVE_UP_MS) });
    this.seat.unsent = this.seat.unsent.filter((id) => !ids.has(id));
    this.seat.receivedAt = receivedAt;
    await this.keep();
  }

  private async keep(): Promise<void> {
    await this.store.save(this.seat);
    this.tell();
  }

  private tell(): void {
    for (const l of this.listeners) l();
  }
}
