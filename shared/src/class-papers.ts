import { z } from 'zod';
import { download, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';
import { RubricLine } from './training.ts';

const ClassParams = z.object({ classId: Id });
const pdf = 'application/pdf';

/** New activation slips as a PDF, eight on a page in the order of the list; earlier unused ones are void. Without `personIds` for the whole class. */
export const printClassSlips = download({ name: 'training.printClassSlips', method: 'POST', path: '/classes/:classId/slips.pdf', params: ClassParams, body: z.object({ personIds: z.array(Id).max(500).optional() }), produces: pdf });
/** The same for people anywhere in the asker's units. */
export const printSlips = download({ name: 'training.printSlips', method: 'POST', path: '/slips.pdf', body: z.object({ personIds: z.array(Id).min(1).max(300) }), produces: pdf });
export const printSignInSheet = download({ name: 'training.printSignInSheet', method: 'GET', path: '/class-sessions/:sessionId/sign-in.pdf', params: z.object({ sessionId: Id }), produces: pdf });
export const printReport = download({ name: 'training.printReport', method: 'GET', path: '/classes/:classId/report.pdf', params: ClassParams, produces: pdf });
export const printRoomPoster = download({ name: 'training.printRoomPoster', method: 'GET', path: '/rooms/:roomId/poster.pdf', params: z.object({ roomId: Id }), query: z.object({ paper: z.enum(['a4', 'a3']).default('a4') }), produces: pdf });
/** Test sheets: one per person of the class who has not handed in, or blank ones. */
export const printPaperTest = download({ name: 'training.printPaperTest', method: 'GET', path: '/classes/:classId/tests/:kind/paper.pdf', params: ClassParams.extend({ kind: z.enum(['pre', 'post']) }), query: z.object({ blank: z.coerce.number().int().min(0).max(60).default(0), personIds: z.string().max(4000).optional() }), produces: pdf });

/** Teaching back: what each of two observers gave each line, 1 to 4. */
const Scores = z.record(z.string().max(40), z.int().min(1).max(4));
export const TeachBackSheet = z.object({
  lines: z.array(RubricLine), least: z.number(),
  people: z.array(z.object({
    enrolmentId: Id, name: z.string(), unitName: z.string(), observed: z.array(z.object({ observer: z.int(), observerName: z.string(), scores: Scores, note: z.string().nullable() })),
    /** The mean of both, once both have scored; `apart` where they differ by two or more. */
    result: z.array(z.object({ line: z.string(), mean: z.number(), apart: z.boolean() })).nullable(), passed: z.boolean().nullable(),
  })),
}).meta({ id: 'TeachBackSheet' });
export type TeachBackSheet = z.infer<typeof TeachBackSheet>;
export const getTeachBack = endpoint({ name: 'training.getTeachBack', method: 'GET', path: '/classes/:classId/teach-back', params: ClassParams, response: TeachBackSheet });
/** Keeps scores; ids are made by the device. Changing one is a new row, the last counts. */
export const saveTeachBack = endpoint({
  name: 'training.saveTeachBack', method: 'POST', path: '/classes/:classId/teach-back', params: ClassParams,
  body: z.object({ marks: z.array(z.object({ id: Id, enrolmentId: Id, observer: z.union([z.literal(1), z.literal(2)]), observerName: Line(120), scores: Scores, note: Paragraph(500).nullable().default(null) })).min(1).max(100) }), response: TeachBackSheet,
});

/** A refresher of the questions that the class got wrong most, for everybody in it, with reason and card at each mistake. Made once. */
export const makeRefresher = endpoint({ name: 'training.makeRefresher', method: 'POST', path: '/classes/:classId/refresher', params: ClassParams, response: z.object({ questions: z.int(), people: z.int() }) });

/** Help while a class is planned: villages, those with nobody first; who may teach and why; what else is on those days. */
export const getPlanHelp = endpoint({
  name: 'training.getPlanHelp', method: 'POST', path: '/class-plans/help',
  body: z.object({ tierId: Id, unitId: Id.nullable(), from: z.iso.date(), until: z.iso.date(), place: z.string().max(200).default(''), trainerIds: z.array(Id).max(8).default([]) }),
  response: z.object({
    villages: z.array(z.object({ unitId: Id, unitName: z.string(), locality: z.string().nullable(), trained: z.int() })),
    trainers: z.array(z.object({ personId: Id, name: z.string(), may: z.enum(['yes', 'open', 'lapsed', 'never']), registerNo: z.string().nullable(), validUntil: z.string().nullable() })),
    warnings: z.array(z.object({ code: z.enum(['trainer-busy', 'place-busy', 'in-past', 'unit-busy']), params: z.record(z.string(), z.string()) })),
  }),
});

/** People who came without being on the list, with those whom they may be. */
export const listToMatch = endpoint({
  name: 'training.listToMatch', method: 'GET', path: '/classes/:classId/to-match', params: ClassParams,
  response: listOf(z.object({ enrolmentId: Id, name: z.string(), birthYear: z.int().nullable(), phone: z.string().nullable(), unitName: z.string(), candidates: z.array(z.object({ id: Id, name: z.string(), birthYear: z.int().nullable(), phone: z.string().nullable(), unitName: z.string().nullable() })) })),
});
/** Says who somebody is: a person who was known already, or a new one. */
export const settleIdentity = endpoint({ name: 'training.settleIdentity', method: 'POST', path: '/enrolments/:enrolmentId/identity', params: z.object({ enrolmentId: Id }), body: z.object({ person: z.union([Id, z.literal('new')]) }), response: z.object({}) });
