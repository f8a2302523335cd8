export { type Likeness, likeness, type Traits } from './matching.rules.ts';
export { PeopleModule } from './people.module.ts';
export { type NewPerson, PeopleService } from './people.service.ts';
export { Person, PersonEthnicity } from './person.entity.ts';
export { personView } from './person.view.ts';
