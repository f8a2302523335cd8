export { CascadeModule } from './cascade.module.ts';
export { CascadeService } from './cascade.service.ts';
export { CascadeMonth, CascadeNews, CascadePart, CascadeSum, CascadeYear, Ledger, UnitAncestor } from './ledger/door.ts';
export { LineageService } from './lineage/door.ts';
export { scoreOf } from './measures.rules.ts';
export { OutlookService } from './outlook/door.ts';
export { OverdueCall, UnitTile } from './places/door.ts';
export { liesIn, placesOf, type Roots, ScopesService } from './scopes.service.ts';
