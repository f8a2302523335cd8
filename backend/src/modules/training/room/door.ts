export { PaperSheetsService } from './paper-sheets.service.ts';
export { Room, RoomSeat } from './room.entity.ts';
export { RoomsService } from './rooms.service.ts';
export { SeatsService } from './seats.service.ts';
