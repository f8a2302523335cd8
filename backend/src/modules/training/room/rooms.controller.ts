import { Controller, Header, Req, StreamableFile } from '@nestjs/common';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import * as contract from '@lantoa/shared/rooms';
import type { FastifyRequest } from 'fastify';
import { type Actor, By, Handles, Input } from '#platform/http';
import { Live } from '#platform/live';
import { PaperSheetsService } from './paper-sheets.service.ts';
import { RoomScreensService } from './room-screens.service.ts';
import { RoomsService, topicOf } from './rooms.service.ts';
import { SeatsService } from './seats.service.ts';

const STREAM = { type: 'text/event-stream' };

@Controller()
export class RoomsController {
  constructor(private readonly live: Live, private readonly rooms: RoomsService, private readonly seats: SeatsService, private readonly screens: RoomScreensService, private readonly paper: PaperSheetsService) {}

  @Handles(contract.openRoom, 'class.run')
  openRoom(@By() actor: Actor, @Input(contract.openRoom) input: ArgsOf<typeof contract.openRoom>) { return this.rooms.open(actor, input); }

  @Handles(contract.getRoom, 'class.run')
  getRoom(@By() actor: Actor, @Input(contract.getRoom) input: ArgsOf<typeof contract.getRoom>) { return this.rooms.get(actor, input.params.roomId); }

  @Handles(contract.moveRoom, 'class.run')
  moveRoom(@By() actor: Actor, @Input(contract.moveRoom) input: ArgsOf<typeof contract.moveRoom>) { return this.rooms.move(actor, input); }

  @Handles(contract.takeOverRoom, 'class.run')
  takeOverRoom(@By() actor: Actor, @Input(contract.takeOverRoom) input: ArgsOf<typeof contract.takeOverRoom>) { return this.rooms.takeOver(actor, input.params.roomId); }

  @Handles(contract.releaseSeat, 'class.run')
  releaseSeat(@By() actor: Actor, @Input(contract.releaseSeat) input: ArgsOf<typeof contract.releaseSeat>) { return this.rooms.release(actor, input); }

  @Handles(contract.acceptLate, 'class.run')
  acceptLate(@By() actor: Actor, @Input(contract.acceptLate) input: ArgsOf<typeof contract.acceptLate>) { return this.rooms.acceptLate(actor, input); }

  @Handles(contract.getPaperGrid, 'class.run')
  getPaperGrid(@By() actor: Actor, @Input(contract.getPaperGrid) input: ArgsOf<typeof contract.getPaperGrid>) { return this.paper.grid(actor, input.params.roomId); }

  @Handles(contract.enterPaper, 'class.run')
  enterPaper(@By() actor: Actor, @Input(contract.enterPaper) input: ArgsOf<typeof contract.enterPaper>) { return this.paper.enter(actor, input); }

  @Handles(contract.watchRoom, 'class.run')
  @Header('cache-control', 'no-store')
  async watchRoom(@By() actor: Actor, @Input(contract.watchRoom) { params }: ArgsOf<typeof contract.watchRoom>) {
    await this.rooms.get(actor, params.roomId);
    return new StreamableFile(await this.live.stream(async () => ({ value: await this.rooms.get(actor, params.roomId), topics: await this.rooms.topics(params.roomId) })), STREAM);
  }

  @Handles(contract.getRoomScreen, 'public')
  async getRoomScreen(@Input(contract.getRoomScreen) { params }: ArgsOf<typeof contract.getRoomScreen>, @Req() request: FastifyRequest) { return this.screens.screen(await this.seats.roomOf(params.code, request.ip)); }

  @Handles(contract.watchRoomScreen, 'public')
  @Header('cache-control', 'no-store')
  async watchRoomScreen(@Input(contract.watchRoomScreen) { params }: ArgsOf<typeof contract.watchRoomScreen>, @Req() request: FastifyRequest) {
    const { id } = await this.seats.roomOf(params.code, request.ip);
    return new StreamableFile(await this.live.stream(async () => ({ value: await this.screens.screen(await this.rooms.find(id)), topics: await this.rooms.topics(id) })), STREAM);
  }

  @Handles(contract.lookUpRoom, 'public')
  lookUpRoom(@By() actor: Actor | null, @Input(contract.lookUpRoom) input: ArgsOf<typeof contract.lookUpRoom>, @Req() request: FastifyRequest) { return this.seats.lookUp(actor, input, request.ip); }

  @Handles(contract.joinRoom, 'public')
  joinRoom(@By() actor: Actor | null, @Input(contract.joinRoom) input: ArgsOf<typeof contract.joinRoom>, @Req() request: FastifyRequest) { return this.seats.join(actor, input, request.ip); }

  @Handles(contract.getSeat, 'public')
  getSeat(@Input(contract.getSeat) input: ArgsOf<typeof contract.getSeat>) { return this.seats.state(input); }

  @Handles(contract.saveSeatAnswers, 'public')
  saveSeatAnswers(@Input(contract.saveSeatAnswers) input: ArgsOf<typeof contract.saveSeatAnswers>) { return this.seats.save(input); }

  @Handles(contract.handInSeat, 'public')
  handInSeat(@Input(contract.handInSeat) input: ArgsOf<typeof contract.handInSeat>) { return this.seats.handIn(input); }

  /** Phones hear of the phase only: what sixty of them must fetch on every answer of every other would choke the hall. */
  @Handles(contract.watchRoomPhase, 'public')
  @Header('cache-control', 'no-store')
  async watchRoomPhase(@Input(contract.watchRoomPhase) { params }: ArgsOf<typeof contract.watchRoomPhase>, @Req() request: FastifyRequest) {
    const { id } = await this.seats.roomOf(params.code, request.ip);
    return new StreamableFile(await this.live.stream(async () => { const { phase, question, version } = await this.rooms.find(id); return { value: { phase, question, version }, topics: [`${topicOf(id)}:phase`] }; }), STREAM);
  }
}
