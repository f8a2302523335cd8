export { PlacesController } from './places.controller.ts';
export { OverdueCall, UnitTile } from './places.entity.ts';
export { PlacesQueries } from './places.queries.ts';
export { PlacesService } from './places.service.ts';
export { TileFigures } from './tile-figures.ts';
