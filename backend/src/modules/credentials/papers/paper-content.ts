import type { Layout, Stamp } from '@lantoa/shared/templates';
import { fontMeasure } from '#platform/print';
import type { Issuer, RegisterEntry } from '../register/register.entity.ts';
import { bodyLines, NAME_FROM, nameSize, printed } from './layout.rules.ts';
import { dateLine, shortDay } from './paper-text.rules.ts';

/** What a paper is made of. `stamp`: the picture of an image as SVG. `full`: with everything, also where the layout is for paper with the rest printed on it. */
export interface Making { entry: RegisterEntry; issuer: Issuer; layout: Layout; full: boolean; qrSvg: string; base: string; stamp: (imageId: string) => string }

/** The values of the fields of a body. */
export const bodyValues = (e: Pick<RegisterEntry, 'unitName' | 'title' | 'hours' | 'evidence' | 'birthYear'>) => ({
  unit: e.unitName, course: e.title, hours: String(e.hours).replace('.', ','), from: e.evidence ? shortDay(e.evidence.class.from) : '', until: e.evidence ? shortDay(e.evidence.class.until) : '', birthYear: e.birthYear ? String(e.birthYear) : '',
});

/** What `certificate.typ` puts on one page. */
export function paperContent({ entry: e, issuer, layout, full, qrSvg, base, stamp }: Making) {
  const placed = (s: Stamp | null) => s && { x: s.x, y: s.y, width: s.width, svg: stamp(s.imageId) };
  return {
    layout, full: full || layout.mode === 'full', shown: printed(full ? 'full' : layout.mode), nameSize: nameSize(e.holderName, layout.zones.name, fontMeasure) ?? NAME_FROM - 4, body: bodyLines(layout.body, bodyValues(e)),
    parentName: issuer.parentName.toUpperCase(), issuerName: issuer.name.toUpperCase(), issuerTitle: issuer.name, holderName: e.holderName, serialNo: e.serialNo, registerNo: e.registerNo, validUntil: shortDay(e.validUntil),
    checkAddress: `${base.replace(/^https?:\/\//, '')}/kiem-tra`, checkHost: new URL(base).host, placeAndDate: dateLine(issuer.place, e.issuedOn), signerTitle: e.signerTitle.split(/,\s*/), signerName: e.signerName, qrSvg, signature: placed(layout.signature), seal: placed(layout.seal),
  };
}
