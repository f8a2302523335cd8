import { z } from 'zod';
import { Id, Line } from './endpoint.ts';

export const Sex = z.enum(['female', 'male']);
export const Language = z.enum(['vi', 'en']);
export const BirthYear = z.int().min(1900).max(2100);

export const Person = z.object({
  id: Id, code: z.string(), name: z.string(), birthYear: z.int().nullable(), sex: Sex.nullable(), phone: z.string().nullable(), version: z.int(),
}).meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

export const NewPerson = z.object({
  name: Line(120), birthYear: BirthYear.nullable().default(null), sex: Sex.nullable().default(null), phone: z.string().max(30).nullable().default(null),
}).meta({ id: 'NewPerson' });
