import { Injectable } from '@nestjs/common';
import type { EntryState } from '@lantoa/shared/credentials';
import type { Day } from '@lantoa/shared/rules/days';
import { Db } from '#platform/db';
import { type Evidence, RegisterEntry } from './register.entity.ts';
import { RegisterService } from './register.service.ts';

/** One step up: a class, and the trainers with their own papers as they stood on the class's first day. */
export interface ChainStep { class: Evidence['class']; trainers: { name: string; body: string | null; registerNo: string | null; stateThen: EntryState | null; stateNow: EntryState | null }[] }

const STEPS_AT_MOST = 6;

/** Who trained whom, from a certificate up to the first class. */
@Injectable()
export class ChainService {
  constructor(private readonly db: Db, private readonly register: RegisterService) {}

  async up(entry: RegisterEntry, today: Day): Promise<ChainStep[]> {
    const steps: ChainStep[] = [];
    let current: RegisterEntry | null = entry;
    while (current?.evidence && steps.length < STEPS_AT_MOST) {
      const evidence: Evidence = current.evidence;
      const trainers: ChainStep['trainers'] = [];
      let above: RegisterEntry | null = null;
      for (const t of evidence.trainers) {
        const own: RegisterEntry | null = t.entryId ? await this.db.repo(RegisterEntry).findOneBy({ id: t.entryId }) : null;
        above ??= own;
        trainers.push({ name: t.name, body: t.body, registerNo: own?.registerNo ?? null, stateThen: own && (await this.register.stateOf(own, evidence.class.from)), stateNow: own && (await this.register.stateOf(own, today)) });
      }
      steps.push({ class: evidence.class, trainers });
      current = above;
    }
    return steps;
  }
}
