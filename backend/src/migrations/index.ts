import { CreateTables1795478400000 } from './20261124000000-create-tables.ts';

/** In the order in which they run. A migration that was published is never edited. */
export const migrations = [CreateTables1795478400000];
