export { isNearName, type Likeness, likeness, type Traits } from './matching.rules.ts';
export { type Follower, MergesService } from './merges.service.ts';
export { PeopleModule } from './people.module.ts';
export { type NewPerson, PeopleService } from './people.service.ts';
export { Person, PersonApart, PersonEthnicity, PersonMerge } from './person.entity.ts';
export { personView } from './person.view.ts';
