import { Injectable } from '@nestjs/common';

/** The address that stands in links and QR codes. Known for sure only once the server listens. */
@Injectable()
export class PublicUrl {
  value = 'http://127.0.0.1:3000';
  to(path: string): string {
    return `${this.value}${path}`;
  }
}

/** An address that people can type for the host and port listened on. */
export const addressOf = (host: string, port: number): string => `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;
