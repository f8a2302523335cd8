export { fontMeasure } from './fonts.ts';
export { Printer } from './printer.ts';
export { qrSvg } from './qr.ts';
