import { z } from 'zod';
import { download, endpoint, Id, Line, listOf, Paragraph } from './endpoint.ts';

/** The parts of a certificate, in the order in which they are read aloud. */
export const zoneNames = ['agency', 'national', 'title', 'name', 'body', 'date', 'signature', 'numbers', 'qr'] as const;
export type ZoneName = (typeof zoneNames)[number];
/** What stays when the paper has the rest printed on it already. */
export const filledIn: readonly ZoneName[] = ['name', 'body', 'date', 'signature', 'numbers', 'qr'];

/** Paper: A4 landscape, in mm. */
export const PAGE = { width: 297, height: 210 } as const;

/** A place on the paper: mm from the top left corner, letters in points. For `name`, `size` is the largest; it shrinks until the name stands on two lines. */
export const Zone = z.object({ x: z.number().min(0).max(PAGE.width), y: z.number().min(0).max(PAGE.height), width: z.number().min(5).max(PAGE.width), height: z.number().min(4).max(PAGE.height), size: z.number().min(8).max(40), align: z.enum(['left', 'center', 'right']) });
export type Zone = z.infer<typeof Zone>;

/** A picture over the signature: its file, and where it stands. */
export const Stamp = z.object({ imageId: Id, x: z.number().min(0).max(PAGE.width), y: z.number().min(0).max(PAGE.height), width: z.number().min(5).max(80) });
export type Stamp = z.infer<typeof Stamp>;

export const Layout = z.object({
  /** `overprint`: the paper has its frame, heads and title printed on it; only what is filled in is printed. */
  mode: z.enum(['full', 'overprint']), frame: z.enum(['none', 'line', 'double']), colour: z.string().regex(/^#[0-9a-fA-F]{6}$/), heading: Line(60),
  /** Lines under the name, with {unit}, {course}, {hours}, {from}, {until}, {birthYear}. `*…*` is bold. */
  body: Paragraph(500).pipe(z.string().min(1)), lead: Line(120),
  zones: z.object(Object.fromEntries(zoneNames.map((n) => [n, Zone])) as Record<ZoneName, typeof Zone>), signature: Stamp.nullable(), seal: Stamp.nullable(),
}).meta({ id: 'CertificateLayout' });
export type Layout = z.infer<typeof Layout>;

/** What is wrong with a layout, and where. `missing-glyph`: `detail` holds the signs that the font lacks. */
export const LayoutFault = z.object({ zone: z.enum([...zoneNames, 'seal']).nullable(), fault: z.enum(['off-page', 'overlap', 'qr-small', 'contrast', 'name-too-long', 'missing-glyph', 'body-field', 'body-too-long']), detail: z.string() });
export type LayoutFault = z.infer<typeof LayoutFault>;

export const TemplateVersion = z.object({ id: Id, number: z.int(), layout: Layout, note: z.string(), madeBy: z.string().nullable(), madeAt: z.string(), certificates: z.int() }).meta({ id: 'TemplateVersion' });
export type TemplateVersion = z.infer<typeof TemplateVersion>;
export const Template = z.object({ id: Id, name: z.string(), usedBy: z.array(z.object({ typeId: Id, title: z.string() })), versions: z.array(TemplateVersion), mayEdit: z.boolean(), maySeal: z.boolean() }).meta({ id: 'CertificateTemplate' });
export type Template = z.infer<typeof Template>;

/** Templates with their versions, newest version first. */
export const listTemplates = endpoint({ name: 'templates.listTemplates', method: 'GET', path: '/certificate-templates', response: listOf(Template).extend({ types: z.array(z.object({ id: Id, title: z.string(), templateId: Id.nullable() })) }) });
/** A new template, from a layout: a starter's or another template's. */
export const makeTemplate = endpoint({ name: 'templates.makeTemplate', method: 'POST', path: '/certificate-templates', body: z.object({ name: Line(80), layout: Layout }), response: z.object({ id: Id }) });
/** Keeps a layout as the next version. Certificates that are issued keep the one they have. `base`: the number of the version that was changed. */
export const saveVersion = endpoint({ name: 'templates.saveVersion', method: 'POST', path: '/certificate-templates/:templateId/versions', params: z.object({ templateId: Id }), body: z.object({ layout: Layout, note: Line(200), base: z.int() }), response: TemplateVersion });
/** Says which template the next certificates of a type use. */
export const useTemplate = endpoint({ name: 'templates.useTemplate', method: 'PUT', path: '/certificate-types/:typeId/template', params: z.object({ typeId: Id }), body: z.object({ templateId: Id }), response: z.object({}) });

/** Names to try a layout with. */
export const samples = ['short', 'long', 'two-line-unit'] as const;
const Tried = z.object({ layout: Layout, sample: z.enum(samples).default('short') });
/** What a layout would print, as a picture with a watermark, and what is wrong with it. */
export const previewTemplate = endpoint({ name: 'templates.previewTemplate', method: 'POST', path: '/certificate-template-preview', body: Tried, response: z.object({ svg: z.string(), faults: z.array(LayoutFault) }) });
/** A sheet with a grid in mm and a cross at every zone's corner, to find the printer's offset. */
export const printTestSheet = download({ name: 'templates.printTestSheet', method: 'GET', path: '/certificate-template-versions/:versionId/test.pdf', params: z.object({ versionId: Id }), query: z.object({ dx: z.coerce.number().min(-30).max(30).default(0), dy: z.coerce.number().min(-30).max(30).default(0) }), produces: 'application/pdf' });

/** A picture of a signature or a seal: PNG or JPEG, up to 500 KB, as base64. Needs a right of its own. */
export const addStampImage = endpoint({ name: 'templates.addStampImage', method: 'POST', path: '/stamp-images', body: z.object({ kind: z.enum(['signature', 'seal']), name: Line(120), base64: z.string().max(700_000) }), response: z.object({ id: Id }) });
export const listStampImages = endpoint({ name: 'templates.listStampImages', method: 'GET', path: '/stamp-images', response: listOf(z.object({ id: Id, kind: z.enum(['signature', 'seal']), name: z.string() })) });
