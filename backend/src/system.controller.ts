import { Controller, Req } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Endpoint } from '@lantoa/shared/endpoint';
import type { Gate } from '@lantoa/shared/permissions';
import * as contract from '@lantoa/shared/system';
import type { FastifyRequest } from 'fastify';
import { VERSION } from '#platform/config';
import { Db } from '#platform/db';
import { ENDPOINT, GATE, type Handled, Handles, openApi, openApiPage, problem } from '#platform/http';
import { Metrics } from '#platform/metrics';

/** Health, figures and the description of the API. */
@Controller()
export class SystemController {
  constructor(private readonly db: Db, private readonly metrics: Metrics, private readonly discovery: DiscoveryService) {}

  @Handles(contract.getHealth, 'public')
  async getHealth() {
    try {
      const { n } = await this.db.row<{ n: number }>('select count(*)::int as n from graphile_worker.jobs');
      return { status: 'ok', database: 'ok', jobsWaiting: n, version: VERSION };
    } catch {
      return { status: 'failing', database: 'failing', jobsWaiting: 0, version: VERSION };
    }
  }

  @Handles(contract.getOpenApi, 'public')
  getOpenApi() { return JSON.stringify(openApi(this.handled())); }

  @Handles(contract.getDocs, 'public')
  getDocs() { return openApiPage(this.handled()); }

  /** Only from this machine: figures are no secret of the people, but nobody else's business. */
  @Handles(contract.getMetrics, 'public')
  getMetrics(@Req() request: FastifyRequest) {
    if (!/^(127\.|::1|::ffff:127\.)/.test(request.ip)) throw problem('request.unknown-path');
    return this.metrics.text();
  }

  private handled(): Handled[] {
    return handledBy(this.discovery);
  }
}

/** Every handler's contract and gate. */
export function handledBy(discovery: DiscoveryService): Handled[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ instance }) => {
    const prototype = Object.getPrototypeOf(instance) as object;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = (prototype as Record<string, object>)[name] as object;
      const endpoint = Reflect.getMetadata(ENDPOINT, handler) as Endpoint | undefined;
      return endpoint ? [{ endpoint, gate: Reflect.getMetadata(GATE, handler) as Gate }] : [];
    });
  });
}
