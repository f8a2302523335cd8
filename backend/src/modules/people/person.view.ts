import type { Person as PersonView } from '@lantoa/shared/people';
import type { Person } from './person.entity.ts';

export const personView = (p: Person): PersonView => ({ id: p.id, code: p.code, name: p.name, birthYear: p.birthYear, sex: p.sex, phone: p.phone, version: p.version });
