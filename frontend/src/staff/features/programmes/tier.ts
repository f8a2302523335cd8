import type { OutputOf } from '@lantoa/shared/endpoint';
import type { listProgrammes } from '@lantoa/shared/training';

export type Programme = OutputOf<typeof listProgrammes>['items'][number];
export type Tier = Programme['tiers'][number];
