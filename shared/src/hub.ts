import { z } from 'zod';
import { Channel, GivenAnswer } from './assessment.ts';
import { Day, Empty, endpoint, Id, listOf } from './endpoint.ts';
import { ClassTest } from './training.ts';

// A class in a box: a laptop that serves a class where there is no internet, and hands it over afterwards.

const ClassParams = z.object({ classId: Id });
/** Everything that a laptop needs to hold a class: rows of tables, in the order in which they go in. `format` names the version of the tables. For those who run the class: it holds the tests with their answers. */
export const ClassKit = z.object({ format: z.string(), madeAt: z.iso.datetime(), classId: Id, tables: z.array(z.object({ name: z.string(), rows: z.array(z.record(z.string(), z.unknown())) })) });
export type ClassKit = z.infer<typeof ClassKit>;
export const getClassKit = endpoint({ name: 'sync.getClassKit', method: 'GET', path: '/classes/:classId/kit', params: ClassParams, response: ClassKit });
/** A test that somebody sat on a laptop without internet. May come twice; one that comes when another counts already is kept and does not count. */
export const handOverAttempt = endpoint({
  name: 'sync.handOverAttempt', method: 'POST', path: '/classes/:classId/handed-over-attempts', params: ClassParams,
  body: z.object({ id: Id, enrolmentId: Id, kind: ClassTest, channel: Channel, startedAt: z.iso.datetime(), answers: z.array(GivenAnswer).max(1000), submitted: z.boolean() }), response: z.object({ counts: z.boolean() }),
});

/** Who answers for the laptop signs in at the main server with what they use there. */
const Main = { url: z.url().max(200), login: z.string().min(1).max(40), secret: z.string().min(1).max(200) };
export const HubClass = z.object({ classId: Id, code: z.string(), title: z.string(), url: z.string(), fetchedAt: z.iso.datetime(), /** Facts that the main server has not acknowledged. */ waiting: z.int(), done: z.int(), refused: z.array(z.object({ about: z.string(), code: z.string() })) }).meta({ id: 'HubClass' });
/** Is this a laptop for classes, is the asker at the laptop itself, and what does it hold? */
export const getHub = endpoint({ name: 'sync.getHub', method: 'GET', path: '/hub', response: z.object({ hub: z.boolean(), here: z.boolean(), addresses: z.array(z.string()), classes: z.array(HubClass) }) });
/** The classes that somebody runs at the main server and that can still be worked on. Only at the laptop itself. */
export const listMainClasses = endpoint({ name: 'sync.listMainClasses', method: 'POST', path: '/hub/main-classes', body: z.object(Main), response: listOf(z.object({ id: Id, code: z.string(), title: z.string(), startsOn: Day, enrolled: z.int() })) });
/** Fetches a class onto the laptop. Fetching it again brings what is new there and changes nothing that was done here. */
export const fetchClass = endpoint({ name: 'sync.fetchClass', method: 'POST', path: '/hub/classes', body: z.object({ ...Main, classId: Id }), response: Empty });
/** Hands everything that was done on the laptop to the main server: each fact once, however often it is asked for. */
export const handOver = endpoint({ name: 'sync.handOver', method: 'POST', path: '/hub/classes/:classId/hand-over', params: ClassParams, body: z.object({ login: z.string().min(1).max(40), secret: z.string().min(1).max(200) }), response: HubClass });
