import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import forge from 'node-forge';
import { readConfig } from '#platform/config';
import { Printer } from '#platform/print';
import { PdfSigner } from './pdf-signer.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'lantoa-p12-'));

/** A key of an invented operator, as PKCS #12. */
function operatorKey(passphrase: string): string {
  const pair = forge.pki.rsa.generateKeyPair(2048);
  const cert = forge.pki.createCertificate();
  cert.publicKey = pair.publicKey;
  cert.serialNumber = '01';
  cert.validity.notBefore = new Date('2026-01-01');
  cert.validity.notAfter = new Date('2036-01-01');
  const name = [{ name: 'commonName', value: 'Hoi LHPN tinh Mau' }];
  cert.setSubject(name);
  cert.setIssuer(name);
  cert.sign(pair.privateKey, forge.md.sha256.create());
  const file = path.join(folder, 'operator.p12');
  writeFileSync(file, Buffer.from(forge.asn1.toDer(forge.pkcs12.toPkcs12Asn1(pair.privateKey, [cert], passphrase)).getBytes(), 'latin1'));
  return file;
}

test('a file signed with the operator’s key: the signature covers all of it but itself, and names the operator', async () => {
  const config = { ...readConfig([], {}), pdfSigning: { file: operatorKey('bí mật'), passphrase: 'bí mật' } };
  const printer = new Printer(config);
  try {
    const pdf = await printer.pdf('print-test', { dx: 0, dy: 0, zones: [] });
    const signed = Buffer.from(await new PdfSigner(config).sign(pdf, { reason: 'Giấy chứng nhận 0001', name: 'Hội', at: new Date('2026-11-26T00:00:00Z') }));
    const text = signed.toString('latin1');
    expect(text).toContain('/ETSI.CAdES.detached');
    const [, ...range] = /\/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)/.exec(text) as unknown as string[];
    const [a, b, c, d] = range.map(Number) as [number, number, number, number];
    expect([a, c + d]).toEqual([0, signed.length]);
    // The room for the signature is filled up with zeros, which its own length leaves out.
    const hex = text.slice(b + 1, c - 1);
    const message = forge.pkcs7.messageFromAsn1(forge.asn1.fromDer(Buffer.from(hex, 'hex').toString('latin1'), { parseAllBytes: false } as never)) as unknown as { certificates: forge.pki.Certificate[]; rawCapture: { authenticatedAttributes: forge.asn1.Asn1[] } };
    expect(message.certificates[0]?.subject.getField('CN').value).toBe('Hoi LHPN tinh Mau');
    const digest = createHash('sha256').update(Buffer.concat([signed.subarray(a, a + b), signed.subarray(c, c + d)])).digest('binary' as never) as unknown as string;
    expect(JSON.stringify(message.rawCapture.authenticatedAttributes)).toContain(JSON.stringify(digest).slice(1, -1));
  } finally {
    printer.onApplicationShutdown();
  }
}, 30_000);

test('without a key a file passes as it is; a key that is not there is said in a sentence', async () => {
  const pdf = new Uint8Array([1, 2, 3]);
  const said = { reason: '', name: '', at: new Date() };
  expect(await new PdfSigner({ ...readConfig([], {}), pdfSigning: null }).sign(pdf, said)).toBe(pdf);
  await expect(new PdfSigner({ ...readConfig([], {}), pdfSigning: { file: '/nowhere.p12', passphrase: '' } }).sign(pdf, said)).rejects.toThrow('PDF_SIGNING_P12 is "/nowhere.p12"');
});
