import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { StandardSchemaSerializerInterceptor } from '@nestjs/common';
import { Audit, AuditSeals } from '#platform/audit';
import { CONFIG, type Config } from '#platform/config';
import { Db, StaleReads } from '#platform/db';
import { Files, filesOf } from '#platform/files';
import { ProblemFilter, PublicUrl } from '#platform/http';
import { IdempotencyInterceptor } from '#platform/idempotency';
import { Jobs } from '#platform/jobs';
import { Live } from '#platform/live';
import { Metrics } from '#platform/metrics';
import { Outbox } from '#platform/outbox';
import { Printer } from '#platform/print';
import { Secrets } from '#platform/secrets';
import { Telemetry } from '#platform/telemetry';

/** The ground that every module stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config): DynamicModule {
    const provided = [Db, Audit, AuditSeals, Outbox, Jobs, Live, Metrics, PublicUrl, Printer, Secrets, Telemetry, { provide: CONFIG, useValue: config }, { provide: Files, useValue: filesOf(config) }];
    return {
      module: PlatformModule,
      providers: [
        ...provided,
        { provide: APP_FILTER, useClass: ProblemFilter },
        // The first interceptor is the outermost: an idempotent answer is stored as it was serialized.
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_INTERCEPTOR, useClass: StandardSchemaSerializerInterceptor },
        { provide: APP_INTERCEPTOR, useClass: StaleReads },
      ],
      exports: [Db, Audit, AuditSeals, Outbox, Jobs, Live, Metrics, PublicUrl, Printer, Secrets, CONFIG, Files],
    };
  }
}
