import { Controller, Res, StreamableFile } from '@nestjs/common';
import * as contract from '@lantoa/shared/attendance';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { FastifyReply } from 'fastify';
import { type Actor, By, Handles, Input } from '#platform/http';
import { AttendanceService } from './attendance.service.ts';
import { ClassFilesService } from './class-files.service.ts';

@Controller()
export class AttendanceController {
  constructor(private readonly attendance: AttendanceService, private readonly files: ClassFilesService) {}

  @Handles(contract.getAttendance, 'class.read')
  getAttendance(@By() actor: Actor, @Input(contract.getAttendance) input: ArgsOf<typeof contract.getAttendance>) { return this.attendance.get(actor, input); }

  @Handles(contract.listMarks, 'class.read')
  listMarks(@By() actor: Actor, @Input(contract.listMarks) input: ArgsOf<typeof contract.listMarks>) { return this.attendance.all(actor, input.params.sessionId); }

  @Handles(contract.markAttendance, 'class.run')
  markAttendance(@By() actor: Actor, @Input(contract.markAttendance) input: ArgsOf<typeof contract.markAttendance>) { return this.attendance.mark(actor, input); }

  @Handles(contract.closeAttendance, 'class.run')
  closeAttendance(@By() actor: Actor, @Input(contract.closeAttendance) input: ArgsOf<typeof contract.closeAttendance>) { return this.attendance.close(actor, input); }

  @Handles(contract.scanCard, 'class.run')
  scanCard(@By() actor: Actor, @Input(contract.scanCard) input: ArgsOf<typeof contract.scanCard>) { return this.attendance.scan(actor, input); }

  @Handles(contract.getHallCode, 'class.run')
  getHallCode(@By() actor: Actor, @Input(contract.getHallCode) input: ArgsOf<typeof contract.getHallCode>) { return this.attendance.hallCode(actor, input.params.sessionId); }

  @Handles(contract.checkIn, 'self')
  checkIn(@By() actor: Actor, @Input(contract.checkIn) input: ArgsOf<typeof contract.checkIn>) { return this.attendance.checkIn(actor, input); }

  @Handles(contract.addClassFile, 'class.run')
  addClassFile(@By() actor: Actor, @Input(contract.addClassFile) input: ArgsOf<typeof contract.addClassFile>) { return this.files.add(actor, input); }

  @Handles(contract.listClassFiles, 'class.read')
  listClassFiles(@By() actor: Actor, @Input(contract.listClassFiles) input: ArgsOf<typeof contract.listClassFiles>) { return this.files.list(actor, input.params.classId); }

  @Handles(contract.removeClassFile, 'class.run')
  removeClassFile(@By() actor: Actor, @Input(contract.removeClassFile) input: ArgsOf<typeof contract.removeClassFile>) { return this.files.remove(actor, input.params.fileId); }

  @Handles(contract.getClassFile, 'class.read')
  async getClassFile(@By() actor: Actor, @Input(contract.getClassFile) { params }: ArgsOf<typeof contract.getClassFile>, @Res({ passthrough: true }) reply: FastifyReply) {
    const { bytes, type, name } = await this.files.get(actor, params.fileId);
    void reply.header('content-type', type);
    return new StreamableFile(bytes, { disposition: `inline; filename*=UTF-8''${encodeURIComponent(name)}` });
  }
}
