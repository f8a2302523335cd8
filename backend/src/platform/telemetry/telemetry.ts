import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { context, propagation, trace } from '@opentelemetry/api';
import { CONFIG, type Config, VERSION } from '#platform/config';

/**
 * Sends traces to an OpenTelemetry collector (OTLP over HTTP), where the operator has one; the SDK is not even loaded otherwise. Sampling and headers follow OpenTelemetry's own
 * settings (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`). Figures are scraped from `/metrics`, also by a collector.
 */
@Injectable()
export class Telemetry implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('telemetry');
  private stop: (() => Promise<void>) | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const { telemetryUrl } = this.config;
    if (!telemetryUrl) return;
    const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([import('@opentelemetry/sdk-trace-node'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources')]);
    const provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'lantoa', 'service.version': VERSION, 'process.pid': process.pid }),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${telemetryUrl}/v1/traces` }))],
    });
    provider.register();
    this.stop = () => {
      for (const api of [trace, context, propagation]) api.disable();
      return provider.shutdown();
    };
  }

  /** What was not sent yet goes now; a collector that is away does not keep us. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop?.().catch((e: Error) => this.logger.warn(e.message));
  }
}
