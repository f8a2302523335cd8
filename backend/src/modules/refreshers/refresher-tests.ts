import { Injectable } from '@nestjs/common';
import type { startRefresher } from '@lantoa/shared/refreshers';
import type { ArgsOf } from '@lantoa/shared/endpoint';
import type { Actor } from '#platform/http';
import { AttemptsService, FormsService, SittingsService } from '#modules/assessment';
import type { Refresher } from './refresher.entity.ts';

/** Refreshers as tests: each has a form and a sitting of its own, under its own id, made when it is begun. */
@Injectable()
export class RefresherTests {
  constructor(private readonly forms: FormsService, private readonly sittings: SittingsService, private readonly attempts: AttemptsService) {}

  form(r: Refresher) {
    return this.forms.ofVersions({ id: r.id, courseSlug: r.courseSlug, title: r.title, questionVersionIds: r.questionVersionIds });
  }

  async open(r: Refresher): Promise<void> {
    await this.forms.refresher({ id: r.id, courseSlug: r.courseSlug, slug: `on-${r.id}`, title: r.title, questionVersionIds: r.questionVersionIds });
    await this.sittings.open(r.id, [r.personId], { id: r.id });
  }

  begin(actor: Actor, id: string, o: ArgsOf<typeof startRefresher>['body']) {
    return this.attempts.start(actor, { body: { id: o.attemptId, formId: id, sittingId: id, channel: 'own-phone', language: o.language, begunAt: o.begunAt } });
  }
}
