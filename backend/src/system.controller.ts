import { Controller, Inject, Req } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Endpoint } from '@lantoa/shared/endpoint';
import type { Gate } from '@lantoa/shared/permissions';
import * as contract from '@lantoa/shared/system';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config, VERSION } from '#platform/config';
import { Db } from '#platform/db';
import { ENDPOINT, GATE, type Handled, Handles, openApi, openApiPage, PublicUrl, problem } from '#platform/http';
import { Metrics } from '#platform/metrics';

/** Health, figures and the description of the API. */
@Controller()
export class SystemController {
  constructor(private readonly db: Db, private readonly metrics: Metrics, private readonly discovery: DiscoveryService, private readonly url: PublicUrl, @Inject(CONFIG) private readonly config: Config) {}

  @Handles(contract.getHealth, 'public')
  async getHealth() {
    try {
      const { n } = await this.db.row<{ n: number }>('select count(*)::int as n from graphile_worker.jobs');
      return { status: 'ok', database: 'ok', jobsWaiting: n, version: VERSION };
    } catch {
      return { status: 'failing', database: 'failing', jobsWaiting: 0, version: VERSION };
    }
  }

  @Handles(contract.getServerSettings, 'system.read')
  async getServerSettings(): Promise<contract.ServerSettings> {
    const c = this.config;
    const { version } = await this.db.row<{ version: string }>("select current_setting('server_version') as version");
    return {
      version: VERSION, publicUrl: this.url.value, https: c.secureCookies, processes: c.workers, database: version.split(' ')[0] ?? version, pooler: c.databaseDirectUrl !== null, replica: c.databaseReplicaUrl !== null, files: c.files.kind,
      secondStep: c.requireSecondStep ? 'required' : 'offered', mail: c.mail !== null, pdfStandard: c.pdfStandard, pdfSigned: c.pdfSigning !== null, backupKeys: c.backups.recipients.length, ownSecretKey: c.secretKey !== null, traces: c.telemetryUrl !== null,
    };
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
