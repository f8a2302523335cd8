import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Stop } from '#platform/config';
import { Db } from '#platform/db';
import { RolesService } from '#modules/access';
import { PeopleService } from '#modules/people';
import { OwnData, RequestsService } from '#modules/privacy';
import type { Verb } from './cli-verb.ts';

async function idOf(app: INestApplicationContext, option: string, code: string | undefined): Promise<string> {
  if (!code) throw new Stop('bad-setting', `${option} needs a code, like --${option} QB2345.`);
  const [person] = await app.get(PeopleService).findByLogin(code);
  if (!person) throw new Stop('bad-setting', `Nobody has the code or phone number "${code}".`);
  return person.id;
}

/** Verbs about people's own data. */
export const privacyVerbs: Record<string, Verb> = {
  'privacy export': {
    usage: 'privacy export --person CODE [--out FILE]', about: 'Everything that is kept of somebody, as JSON. That it was taken is noted in the log.', needsDatabase: true,
    async run(app, { person, out }) {
      const bytes = await app.get(OwnData).all(null, await idOf(app, 'person', person));
      if (!out) return { value: JSON.parse(bytes.toString()) as object };
      await writeFile(out, bytes, { mode: 0o600 });
      return { value: { file: out, bytes: bytes.length } };
    },
  },
  'privacy erase': {
    usage: 'privacy erase --person CODE --by CODE', about: 'Makes somebody nameless who has asked for it. Takes two: run it once in the name of who prepares (--by), and once in the name of another who may, which does it.', needsDatabase: true,
    async run(app, { person, by }) {
      const personId = await idOf(app, 'person', person);
      const actor = await app.get(RolesService).actorOf(await idOf(app, 'by', by));
      if (!actor.can('privacy.run')) throw new Stop('bad-setting', `"${by}" may not delete personal data.`);
      const requests = app.get(RequestsService);
      const { id, state } = await requests.ask(actor, personId, { id: randomUUID(), kind: 'erase', note: '' });
      const input = { params: { requestId: id } };
      await (state === 'prepared' ? requests.confirm(actor, input) : requests.prepare(actor, input));
      const [{ erased } = { erased: false }] = await app.get(Db).rows<{ erased: boolean }>('select erased_at is not null as erased from person where id = $1', [personId]);
      return { value: { request: id, state: erased ? 'done' : 'prepared', next: erased ? null : 'A second person confirms by the same command with their own --by.' } };
    },
  },
};
