import { Injectable } from '@nestjs/common';
import type { addClassFile } from '@lantoa/shared/attendance';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import { IsNull } from 'typeorm';
import { Audit } from '#platform/audit';
import * as clock from '#platform/clock';
import { Db } from '#platform/db';
import { Files } from '#platform/files';
import { type Actor, orProblem, problem } from '#platform/http';
import { ClassFile, ClassSession } from '../class.entity.ts';
import { ClassesService } from '../classes.service.ts';

const MAX_BYTES = 1_000_000;
/** What a file is, by its first bytes and not by its name. */
const KINDS: readonly [string, (b: Buffer) => boolean][] = [
  ['image/jpeg', (b) => b.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))], ['image/png', (b) => b.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['image/webp', (b) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP'], ['application/pdf', (b) => b.toString('latin1', 0, 5) === '%PDF-'],
];

/** Papers of a class: photos of signed sheets, attachments of the report. */
@Injectable()
export class ClassFilesService {
  constructor(private readonly db: Db, private readonly audit: Audit, private readonly files: Files, private readonly classes: ClassesService) {}

  async add(actor: Actor, { params, body }: ArgsOf<typeof addClassFile>) {
    const cls = await this.classes.forWork(actor, params.classId);
    const known = await this.db.repo(ClassFile).findOneBy({ id: body.id, classId: cls.id });
    if (known) return view(known);
    const bytes = Buffer.from(body.contentBase64, 'base64');
    const type = KINDS.find(([, is]) => is(bytes))?.[0];
    if (!type || bytes.length > MAX_BYTES) throw problem('training.file-refused', { kilobytes: Math.ceil(bytes.length / 1000), max: MAX_BYTES / 1000 });
    if (body.sessionId && !(await this.db.repo(ClassSession).existsBy({ id: body.sessionId, classId: cls.id }))) throw problem('training.session-not-found');
    await this.files.put(`class-files/${body.id}`, bytes, type);
    const file = { id: body.id, classId: cls.id, sessionId: body.sessionId, name: body.name, type, bytes: bytes.length, addedBy: actor.personId, addedAt: clock.now(), removedAt: null };
    await this.db.transaction(async () => {
      await this.db.repo(ClassFile).insert(file);
      await this.audit.record(actor, 'class-file.added', { type: 'class', id: cls.id }, { fileId: file.id, name: file.name });
    });
    return view(file as ClassFile);
  }

  async list(actor: Actor, classId: string) {
    await this.classes.see(actor, classId);
    return { items: (await this.db.repo(ClassFile).find({ where: { classId, removedAt: IsNull() }, order: { addedAt: 'ASC' } })).map(view) };
  }

  async ofSession(sessionId: string) {
    return (await this.db.repo(ClassFile).find({ where: { sessionId, removedAt: IsNull() }, order: { addedAt: 'ASC' } })).map(view);
  }

  /** The bytes, for those who may see the class. */
  async get(actor: Actor, fileId: string): Promise<{ bytes: Uint8Array; type: string; name: string }> {
    const file = await this.find(fileId);
    await this.classes.see(actor, file.classId).catch(() => { throw problem('training.file-not-found'); });
    return { bytes: orProblem(await this.files.get(`class-files/${file.id}`), 'training.file-not-found'), type: file.type, name: file.name };
  }

  remove(actor: Actor, fileId: string) {
    return this.db.transaction(async () => {
      const file = await this.find(fileId);
      await this.classes.forWork(actor, file.classId);
      await this.db.repo(ClassFile).update({ id: file.id }, { removedAt: clock.now() });
      await this.audit.record(actor, 'class-file.removed', { type: 'class', id: file.classId }, { fileId });
      return {};
    });
  }

  private async find(id: string): Promise<ClassFile> {
    return orProblem(await this.db.repo(ClassFile).findOneBy({ id, removedAt: IsNull() }), 'training.file-not-found');
  }
}

const view = (f: ClassFile) => ({ id: f.id, sessionId: f.sessionId, name: f.name, type: f.type, bytes: f.bytes, addedAt: f.addedAt.toISOString(), address: `/api/class-files/${f.id}` });
