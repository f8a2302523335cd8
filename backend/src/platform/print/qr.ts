import { toString as qrToString } from 'qrcode';

/** A QR code as SVG: error level M, a quiet zone of four modules. */
export const qrSvg = (text: string): Promise<string> => qrToString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
