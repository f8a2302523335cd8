import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Stop } from '#platform/config';

/** Room for the signature and its certificates, in bytes. */
const ROOM = 16_384;

/** Signs PDFs with the operator's own key (PAdES, `PDF_SIGNING_P12`); without a key files pass as they are. */
@Injectable()
export class PdfSigner {
  private readonly key: Config['pdfSigning'];
  private bytes: Promise<Buffer> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = config.pdfSigning;
  }

  async sign(pdf: Uint8Array, said: { reason: string; name: string; at: Date }): Promise<Uint8Array> {
    if (!this.key) return pdf;
    const { file, passphrase } = this.key;
    this.bytes ??= readFile(file).catch(() => { throw new Stop('bad-setting', `PDF_SIGNING_P12 is "${file}"; it must be the path of a PKCS #12 file that can be read.`); });
    const key = await this.bytes;
    const [{ SignPdf }, { P12Signer }, { plainAddPlaceholder }, { SUBFILTER_ETSI_CADES_DETACHED }] = await Promise.all([import('@signpdf/signpdf'), import('@signpdf/signer-p12'), import('@signpdf/placeholder-plain'), import('@signpdf/utils')]);
    const room = plainAddPlaceholder({ pdfBuffer: Buffer.from(pdf), reason: said.reason, name: said.name, contactInfo: '', location: '', signingTime: said.at, signatureLength: ROOM, subFilter: SUBFILTER_ETSI_CADES_DETACHED });
    return new SignPdf().sign(room, new P12Signer(key, { passphrase }), said.at);
  }
}
