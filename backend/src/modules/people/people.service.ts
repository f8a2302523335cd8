import { randomInt, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readPhone } from '@lantoa/shared/rules/phone';
import { fold, nameSortKey, tidy } from '@lantoa/shared/rules/text';
import { In, IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { type Actor, orProblem, problem } from '#platform/http';
import { Secrets } from '#platform/secrets';
import { Person, PersonEthnicity } from './person.entity.ts';

export interface NewPerson { name: string; birthYear: number | null; sex: 'female' | 'male' | null; phone: string | null }

/** No letters or digits that are mistaken for one another when read aloud or copied by hand. */
const CODE_LETTERS = 'ABCDEGHKMNPQRTVXY';
const CODE_DIGITS = '23456789';

@Injectable()
export class PeopleService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly secrets: Secrets) {}

  async find(id: string): Promise<Person> {
    return orProblem(await this.db.repo(Person).findOneBy({ id }), 'people.not-found');
  }

  async findAll(ids: string[]): Promise<Map<string, Person>> {
    const people = ids.length ? await this.db.repo(Person).findBy({ id: In(ids) }) : [];
    return new Map(people.map((p) => [p.id, p]));
  }

  /** Everybody with this phone (E.164) or this person code. */
  findByLogin(login: string): Promise<Person[]> {
    const read = readPhone(login);
    return 'phone' in read ? this.db.repo(Person).findBy({ phone: read.phone, mergedIntoId: IsNull() }) : this.db.repo(Person).findBy({ mergedIntoId: IsNull(), code: login.toUpperCase().replace(/\s/g, '') });
  }

  create(actor: Actor | null, given: NewPerson): Promise<Person> {
    return this.db.transaction(async () => {
      const person = this.db.repo(Person).create({ id: randomUUID(), code: await this.freeCode(), ...namesOf(given.name), birthYear: given.birthYear, sex: given.sex, phone: phoneOf(given.phone), createdAt: clock.now(), version: 1, mergedIntoId: null, erasedAt: null });
      await this.db.repo(Person).insert(person);
      await this.audit.record(actor, 'person.created', { type: 'person', id: person.id });
      return person;
    });
  }

  /** Corrects a record that the actor may see; the caller has checked that. */
  correct(actor: Actor, personId: string, given: NewPerson & { version: number }): Promise<Person> {
    return this.db.transaction(async () => {
      const before = await this.find(personId);
      const after = { ...namesOf(given.name), birthYear: given.birthYear, sex: given.sex, phone: phoneOf(given.phone) };
      const done = await this.db.repo(Person).update({ id: before.id, version: given.version }, { ...after, version: given.version + 1 });
      if (!done.affected) throw problem('people.changed-meanwhile');
      const changed = (['name', 'birthYear', 'sex', 'phone'] as const).filter((k) => before[k] !== after[k]);
      await this.audit.record(actor, 'person.corrected', { type: 'person', id: before.id }, { before: pick(before, changed), after: pick(after, changed) });
      return this.find(before.id);
    });
  }

  /** Keeps an ethnic group with the consent that was given for it. */
  async keepEthnicity(personId: string, ethnicity: string): Promise<void> {
    await this.db.repo(PersonEthnicity).upsert({ personId, sealed: this.secrets.seal(Buffer.from(ethnicity, 'utf8')), consentedAt: clock.now() }, ['personId']);
  }

  /** Seals what an earlier release has written openly. Done once, at the start; the open rows go with the same commit. */
  sealOpen(): Promise<void> {
    return this.db.transaction(async () => {
      const [{ there } = { there: false }] = await this.db.rows<{ there: boolean }>("select to_regclass('open_ethnicity') is not null as there");
      if (!there) return;
      const rows = await this.db.rows<{ personId: string; ethnicity: string; consentedAt: Date }>('select person_id as "personId", ethnicity, consented_at as "consentedAt" from open_ethnicity');
      for (const { ethnicity, ...r } of rows) await this.db.repo(PersonEthnicity).insert({ ...r, sealed: this.secrets.seal(Buffer.from(ethnicity, 'utf8')) });
      await this.db.rows('drop table open_ethnicity');
    });
  }

  /** A code that nobody has. Two that are picked at the same instant are kept apart by a lock until the transaction ends. */
  private async freeCode(): Promise<string> {
    for (;;) {
      const code = newCode();
      await this.db.lock(`person-code:${code}`);
      if (!(await this.db.repo(Person).existsBy({ code }))) return code;
    }
  }

  /** Removes people that nothing depends on yet (undo of an import). */
  async remove(ids: string[]): Promise<void> {
    if (!ids.length) return;
    await this.db.repo(PersonEthnicity).delete({ personId: In(ids) });
    await this.db.repo(Person).delete({ id: In(ids) });
  }
}

const pick = <T extends object>(o: T, keys: readonly (keyof T)[]) => Object.fromEntries(keys.map((k) => [k, o[k]]));

const namesOf = (raw: string) => {
  const name = tidy(raw);
  return { name, nameFolded: fold(name), sortKey: nameSortKey(name) };
};

function phoneOf(raw: string | null): string | null {
  if (!raw?.trim()) return null;
  const read = readPhone(raw);
  if ('error' in read) throw problem('people.phone-invalid', { typed: raw.slice(0, 30) });
  return read.phone;
}

const pickOne = (from: string) => from[randomInt(from.length)] as string;
/** `KT-473926`: two letters and six digits, 75 million of them. */
const newCode = (): string => `${pickOne(CODE_LETTERS)}${pickOne(CODE_LETTERS)}-${Array.from({ length: 6 }, () => pickOne(CODE_DIGITS)).join('')}`;
