import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Db } from '#platform/db';

/** Figures for Prometheus: process, requests by route and status, jobs that wait. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({ name: 'http_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers: [this.registry] });

  constructor(db: Db) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'jobs_waiting', help: 'Jobs that wait or will be tried again', registers: [this.registry],
      async collect() {
        const [row] = await db.rows<{ n: number }>('select count(*) as n from graphile_worker.jobs');
        this.set(row?.n ?? 0);
      },
    });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }
}
