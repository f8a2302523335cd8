import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '#platform/config';

interface Waiting { resolve: (made: Uint8Array | string) => void; reject: (e: Error) => void }
interface Reply { id: number; made?: Uint8Array | string; error?: string }
/** A child with what it has been asked for and has not answered. */
interface Worker { child: ChildProcess; asked: number; waiting: Map<number, Waiting>; retired: boolean }

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
  private readonly workers = new Set<Worker>();
  private current: Worker | undefined;
  private nextId = 0;

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
    for (const w of this.workers) w.child.kill();
  }

  private make(format: 'pdf' | 'svg', template: string, data: object): Promise<Uint8Array | string> {
    const id = this.nextId++;
    const worker = this.worker();
    return new Promise((resolve, reject) => {
      worker.waiting.set(id, { resolve, reject });
      worker.child.send({ id, format, template, data: JSON.stringify(data) }, (e) => { if (e) this.settle(worker, { id, error: e.message }); });
    });
  }

  private worker(): Worker {
    if (this.current && this.current.asked++ < RECYCLE_AFTER) return this.current;
    if (this.current) {
      this.current.retired = true;
      this.letGo(this.current);
    }
    const child = fork(path.resolve(import.meta.dirname, '../../../dist/platform/print/typst-process.js'), [this.templates, FONTS_FOLDER, this.standard], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    const worker: Worker = { child, asked: 1, waiting: new Map(), retired: false };
    child.on('message', (m) => this.settle(worker, m as Reply));
    child.on('exit', () => this.lost(worker));
    child.unref();
    (child.channel as unknown as { unref(): void }).unref();
    this.workers.add(worker);
    this.current = worker;
    return worker;
  }

  private settle(worker: Worker, reply: Reply): void {
    const waiting = worker.waiting.get(reply.id);
    worker.waiting.delete(reply.id);
    if (reply.made) waiting?.resolve(reply.made);
    else waiting?.reject(new Error(reply.error ?? 'no document'));
    this.letGo(worker);
  }

  /** A process that was replaced ends when it has answered everything. */
  private letGo(worker: Worker): void {
    if (worker.retired && !worker.waiting.size && worker.child.connected) worker.child.disconnect();
  }

  private lost(worker: Worker): void {
    this.workers.delete(worker);
    if (this.current === worker) this.current = undefined;
    for (const w of worker.waiting.values()) w.reject(new Error('the printing process ended'));
  }
}

/** The fonts that come with the program, with every letter of the names of the Central Highlands; `make-fonts.py` there says how they are made. */
export const FONTS_FOLDER = path.resolve(import.meta.dirname, '../../../../content/fonts');
