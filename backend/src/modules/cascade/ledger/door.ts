export { ALL, AMOUNTS, type Amounts } from './amounts.ts';
export { CascadeMonth, CascadeNews, CascadePart, CascadeSum, CascadeYear, UnitAncestor } from './ledger.entity.ts';
export { LedgerQueries, type Look } from './ledger.queries.ts';
export { LedgerNews } from './ledger-news.ts';
export { Ledger } from './ledger.service.ts';
