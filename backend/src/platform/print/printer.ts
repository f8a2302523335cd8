import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform/config';

interface Waiting { resolve: (made: Uint8Array | string) => void; reject: (e: Error) => void }
interface Reply { id: number; made?: Uint8Array | string; error?: string }

/** Typst keeps what it has compiled; after this many documents the process is replaced, so that memory stays flat. */
const RECYCLE_AFTER = 400;

/**
 * Makes PDFs with Typst in a child process: a template of `content/templates` and data as JSON through `sys.inputs`, so that no text
 * can become markup. They are tagged: PDF/UA-1, or PDF/A-2a by setting.
 */
@Injectable()
export class Printer implements OnApplicationShutdown {
  private readonly templates: string;
  private readonly standard: string;
  private child: ChildProcess | undefined;
  private made = 0;
  private nextId = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(@Inject(CONFIG) config: Config) {
    this.templates = path.join(config.contentDir, 'templates');
    this.standard = config.pdfStandard;
  }

  /** The PDF of a template (its file name without `.typ`). */
  async pdf(template: string, data: object): Promise<Uint8Array> {
    return (await this.make('pdf', template, data)) as Uint8Array;
  }

  /** The pages of a template as one SVG, to look at. */
  async svg(template: string, data: object): Promise<string> {
    return (await this.make('svg', template, data)) as string;
  }

  onApplicationShutdown(): void {
    this.child?.kill();
  }

  private make(format: 'pdf' | 'svg', template: string, data: object): Promise<Uint8Array | string> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process().send({ id, format, template, data: JSON.stringify(data) });
    });
  }

  private process(): ChildProcess {
    if (this.child && this.made++ < RECYCLE_AFTER) return this.child;
    this.child?.disconnect();
    this.made = 1;
    const child = fork(path.resolve(import.meta.dirname, '../../../dist/platform/print/typst-process.js'), [this.templates, FONTS_FOLDER, this.standard], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    child.on('message', (m) => this.settle(m as Reply));
    child.on('exit', () => this.lost(child));
    child.unref();
    (child.channel as unknown as { unref(): void }).unref();
    this.child = child;
    return child;
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.made) waiting?.resolve(reply.made);
    else waiting?.reject(new Error(reply.error ?? 'no document'));
  }

  private lost(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = undefined;
    for (const w of this.waiting.values()) w.reject(new Error('the printing process ended'));
    this.waiting.clear();
  }
}

/** The fonts that come with the program, with every letter of the names of the Central Highlands; `make-fonts.py` there says how they are made. */
export const FONTS_FOLDER = path.resolve(import.meta.dirname, '../../../../content/fonts');
