import type { INestApplicationContext } from '@nestjs/common';
import { UnitMap } from '@lantoa/shared/cascade';
import type { ClassProposal } from '@lantoa/shared/outlook';
import * as clock from '#platform/clock';
import { Stop } from '#platform/config';
import { CascadeService, Ledger, LineageService, OutlookService } from '#modules/cascade';
import { UnitsService } from '#modules/organisation';
import { PeopleService } from '#modules/people';
import { dayOf, type Options, type Verb } from './cli-verb.ts';

function programmeOf(options: Options, verb: string): string {
  if (!options.programme) throw new Stop('bad-setting', `${verb} needs --programme SLUG.`);
  return options.programme;
}

/** What speaks for a class, in one sentence. */
function reasonOf(p: ClassProposal): string {
  const nobody = p.places.filter((x) => x.nobody).length;
  const teacher = p.teacher ? `${p.teacher.name}, ${p.teacher.near ? 'of the area' : 'from elsewhere in the province'}, may teach until ${p.teacher.validUntil}` : 'taught from outside';
  return `${p.people} people in ${p.days} days (${p.perDay} a day)${p.reach === null ? '' : `; the area has reached ${Math.round(p.reach * 100)} %`}${nobody ? `; ${nobody} of its communes have places with nobody` : ''}; ${teacher}.`;
}

/** A verb that reads figures of one programme on one day. */
const ofProgramme = (name: string, about: string, read: (app: INestApplicationContext, slug: string, day: string) => Promise<object>): Record<string, Verb> => ({
  [name]: {
    usage: `${name} --programme SLUG [--as-of DAY]`, about, needsDatabase: true,
    async run(app, options) {
      const slug = programmeOf(options, name);
      await app.get(Ledger).catchUp();
      return { value: await read(app, slug, dayOf(options)) };
    },
  },
});

/** Verbs about the cascade. */
export const cascadeVerbs: Record<string, Verb> = {
  'cascade show': {
    usage: 'cascade show --programme SLUG [--as-of DAY] [--map then|now]', about: 'Reach, scores and drop of each tier on a day; with --map also by unit, by the units of that day or carried to those of today.', needsDatabase: true,
    async run(app, options) {
      const slug = programmeOf(options, 'cascade show');
      const map = options.map === undefined ? undefined : UnitMap.safeParse(options.map).data;
      if (options.map !== undefined && !map) throw new Stop('bad-setting', `--map is "${options.map}"; it must be then or now.`);
      // Nothing is read before the sums stand for everything that was sent.
      await app.get(Ledger).catchUp();
      const service = app.get(CascadeService);
      const { asOf, programme, anchors, tiers, answers } = await service.figures(slug, dayOf(options));
      const top = map ? await app.get(UnitsService).list({ query: { asOf: map === 'now' ? clock.today() : asOf } }) : null;
      const units = map && top ? (await Promise.all(top.items.map((u) => service.unitFigures(slug, asOf, { map, parentId: u.id })))).flat() : undefined;
      return { value: { asOf, programme: programme.slug, anchors, answers, tiers: tiers.map(({ audience: _audience, ...t }) => t), ...(units && { map, units: units.map(({ unitId: _id, parentId: _parent, children: _children, ...u }) => u) }) } };
    },
  },
  ...ofProgramme('cascade losses', 'Topic by tier on anchor questions: means with n, points lost at each hand-over with their 95 % interval, and the place to look first.', (app, slug, day) => app.get(CascadeService).lossesOf(slug, day)),
  ...ofProgramme('cascade trainers', 'Who may teach or has taught: classes, learners, gain against the 95 % limits, and whom to call.', (app, slug, day) => app.get(LineageService).trainersOf(slug, day)),
  ...ofProgramme('cascade outlook', 'How reach will grow over a year from planned classes and the pace of the last half year, with a 95 % interval.', (app, slug, day) => app.get(OutlookService).outlookOf(slug, day)),
  'cascade lineage': {
    usage: 'cascade lineage --person CODE [--as-of DAY]', about: 'Who taught a person (by code or phone), the classes they taught, and how many people they reached at each hand-over.', needsDatabase: true,
    async run(app, options) {
      if (!options.person) throw new Stop('bad-setting', 'cascade lineage needs --person CODE.');
      const [person] = await app.get(PeopleService).findByLogin(options.person);
      if (!person) throw new Stop('bad-setting', `Nobody has the code or phone number "${options.person}".`);
      await app.get(Ledger).catchUp();
      return { value: { code: person.code, name: person.name, asOf: dayOf(options), ...(await app.get(LineageService).around(person.id, dayOf(options))) } };
    },
  },
  'cascade next': {
    usage: 'cascade next --programme SLUG --class-days N [--as-of DAY]', about: 'Which classes to hold within so many class-days, best first: area, tier, communes with people, trainer, and what speaks for it.', needsDatabase: true,
    async run(app, options) {
      const slug = programmeOf(options, 'cascade next');
      const days = Number(options['class-days']);
      if (!Number.isInteger(days) || days < 1 || days > 200) throw new Stop('bad-setting', `--class-days is "${options['class-days'] ?? ''}"; it must be a whole number from 1 to 200.`);
      await app.get(Ledger).catchUp();
      const next = await app.get(OutlookService).nextOf(slug, dayOf(options), days);
      return { value: { ...next, proposals: next.proposals.map((p) => ({ ...p, reason: reasonOf(p) })) } };
    },
  },
  'cascade rebuild': {
    usage: 'cascade rebuild', about: 'Throws the sums of the cascade away and makes them again from the facts. Figures stay the same; say so if they do not.', needsDatabase: true,
    async run(app) {
      const from = Date.now();
      await app.get(Ledger).rebuild();
      return { value: { rebuilt: true, seconds: (Date.now() - from) / 1000 } };
    },
  },
};
