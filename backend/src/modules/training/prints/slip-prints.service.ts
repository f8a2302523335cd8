import { Injectable } from '@nestjs/common';
import type { printClassSlips, printSlips } from '@lantoa/shared/class-papers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { showPhone } from '@lantoa/shared/rules/phone';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, PublicUrl } from '#platform/http';
import { Printer, qrSvg } from '#platform/print';
import { ActivationService } from '#modules/access';
import { DirectoryService, PostingsService } from '#modules/organisation';
import { PeopleService } from '#modules/people';
import { EnrolmentsService } from '../enrolments.service.ts';

const shortDay = (day: string): string => day.split('-').reverse().join('/');

/** Activation slips on paper. Printing makes new ones: the codes are kept only as hashes, and the slips printed before are void. */
@Injectable()
export class SlipPrintsService {
  constructor(private readonly db: Db, private readonly printer: Printer, private readonly url: PublicUrl, private readonly activation: ActivationService, private readonly enrolments: EnrolmentsService, private readonly directory: DirectoryService, private readonly postings: PostingsService, private readonly people: PeopleService) {}

  async ofClass(actor: Actor, input: ArgsOf<typeof printClassSlips>): Promise<Uint8Array> {
    const { items } = await this.enrolments.slips(actor, input);
    const [caller] = await this.db.rows<{ name: string; phone: string | null }>('select t.name, p.phone from class_trainer t join person p on p.id = t.person_id where t.class_id = $1 and p.phone is not null order by t.name limit 1', [input.params.classId]);
    return this.print(items, caller ?? null);
  }

  async ofPeople(actor: Actor, { body }: ArgsOf<typeof printSlips>): Promise<Uint8Array> {
    for (const id of body.personIds) await this.directory.mustSee(actor, id, 'slip.issue');
    const { items } = await this.activation.issue(actor, { body });
    const me = await this.people.find(actor.personId);
    return this.print(items, me.phone ? { name: me.name, phone: me.phone } : null);
  }

  private async print(slips: readonly { personId: string; name: string; code: string; link: string; expiresOn: string }[], caller: { name: string; phone: string | null } | null): Promise<Uint8Array> {
    const people = await this.people.findAll(slips.map((s) => s.personId));
    const postings = await this.postings.current(slips.map((s) => s.personId), clock.today());
    const cards = await Promise.all(slips.map(async (s) => {
      const p = people.get(s.personId);
      return { name: s.name, birthYear: p?.birthYear ? String(p.birthYear) : '', place: postings.get(s.personId)?.unitName ?? '', phoneEnding: p?.phone ? p.phone.slice(-3) : '', login: p?.phone ? '' : (p?.code ?? ''), code: s.code, until: shortDay(s.expiresOn), qrSvg: await qrSvg(s.link) };
    }));
    return this.printer.pdf('slips', { address: this.url.to('/vao').replace(/^https?:\/\//, ''), caller: caller?.phone ? `${caller.name} ${showPhone(caller.phone)}` : '', slips: cards });
  }
}
