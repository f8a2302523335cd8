import { Injectable } from '@nestjs/common';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { PublicUrl } from '#platform/http';
import { Issuer } from '../register/register.entity.ts';
import { didOf, LIST_LENGTH, listPath, placeOf } from './documents.ts';
import { KeysService } from './keys.service.ts';
import { StatusList } from './signing.entity.ts';
import { vcLibrary } from './vc-door.ts';

/** Says of every credential, by one bit, that it is no longer good. Lists are made whole from the register, so that making one twice does no harm. */
@Injectable()
export class StatusListsService {
  constructor(private readonly db: Db, private readonly keys: KeysService, private readonly url: PublicUrl) {}

  /** Brings the lists of these certificates up to the register. A list in which nothing has changed stays as it is. */
  async follow(entryIds: readonly string[]): Promise<void> {
    const places = await this.db.rows<{ issuerId: string; seq: number }>("select issuer_id as \"issuerId\", seq from signed_document where kind = 'credential' and entry_id = any($1::uuid[])", [entryIds]);
    const lists = new Map(places.map((p) => [`${p.issuerId} ${placeOf(p.seq).list}`, { issuerId: p.issuerId, number: placeOf(p.seq).list }]));
    for (const { issuerId, number } of lists.values()) await this.bring(issuerId, number);
  }

  /** Brings every list up to the register: after a crash one may have been left behind. */
  async followAll(): Promise<void> {
    const lists = await this.db.rows<{ issuerId: string; number: number }>(`select distinct issuer_id as "issuerId", (seq / ${LIST_LENGTH} + 1)::int as number from signed_document where kind = 'credential'`);
    for (const l of lists) await this.bring(l.issuerId, l.number);
  }

  async bytes(slug: string, number: number): Promise<string | null> {
    const [row] = await this.db.rows<{ bytes: string }>('select l.bytes from status_list l join issuer i on i.id = l.issuer_id where i.slug = $1 and l.number = $2', [slug, number]);
    return row?.bytes ?? null;
  }

  private bring(issuerId: string, number: number): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.lock(`status-list:${issuerId}:${number}`);
      const issuer = await this.db.repo(Issuer).findOneByOrFail({ id: issuerId });
      const set = await this.ended(issuerId, number);
      const known = await this.db.repo(StatusList).findOneBy({ issuerId, number });
      if (known && known.ended.length === set.length && known.ended.every((seq, i) => seq === set[i])) return;
      const [did, url] = [didOf(this.url.value, issuer.slug), this.url.to(listPath(issuer.slug, number))];
      const unsigned = { ...(await (await vcLibrary()).statusList(url, LIST_LENGTH, set.map((seq) => placeOf(seq).index))), issuer: did, validFrom: `${clock.now().toISOString().slice(0, 19)}Z` };
      await this.db.repo(StatusList).upsert({ url, issuerId, number, ended: set, bytes: await (await this.keys.signer(issuerId, did))(unsigned), madeAt: clock.now() }, ['issuerId', 'number']);
    });
  }

  /**
   * Places of credentials that are no longer good: revoked, or issued again under another number, or worded anew. One that was renewed keeps its bit: it was good until its end, and classes that rest on it stay sound.
   */
  private async ended(issuerId: string, number: number): Promise<number[]> {
    const rows = await this.db.rows<{ seq: number }>(
      `select d.seq from signed_document d where d.kind = 'credential' and d.issuer_id = $1 and d.seq >= $2 and d.seq < $3
          and (exists (select 1 from register_entry x where x.refers_to = d.entry_id and (x.kind = 'revocation' or x.reason is distinct from 'renewal')) or exists (select 1 from signed_document n where n.kind = 'credential' and n.entry_id = d.entry_id and n.seq > d.seq))
        order by d.seq`, [issuerId, (number - 1) * LIST_LENGTH, number * LIST_LENGTH]);
    return rows.map((r) => r.seq);
  }
}
