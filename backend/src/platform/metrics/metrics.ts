import cluster from 'node:cluster';
import { Injectable } from '@nestjs/common';
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Db } from '#platform/db';

const ASKED_WITHIN_MS = 5000;
let asked = 0;

/** Figures for Prometheus: process, requests by route and status, jobs that wait, and what must never go wrong unseen. Several processes of one program are added up. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({ name: 'http_request_seconds', help: 'Time to answer, by route', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.1, 0.5, 2, 10], registers: [this.registry] });
  private readonly all = new AggregatorRegistry();

  constructor(private readonly db: Db) {
    collectDefaultMetrics({ register: this.registry });
    AggregatorRegistry.setRegistries(this.registry);
    this.figure('jobs_waiting', 'Jobs that wait or will be tried again', 'select count(*) as n from graphile_worker.jobs');
    this.figure('jobs_oldest_seconds', 'How long the oldest job that could be done has waited', 'select coalesce(max(extract(epoch from now() - run_at)), 0) as n from graphile_worker.jobs where run_at <= now() and locked_at is null');
    this.figure('jobs_given_up', 'Jobs that failed for the last time', 'select count(*) as n from graphile_worker.jobs where attempts >= max_attempts');
    this.figure('backup_age_seconds', 'Since the last good backup was begun; -1 without any', "select coalesce(extract(epoch from now() - max(started_at)), -1) as n from backup where state = 'good'");
    this.figure('audit_unsealed_seconds', 'Age of the oldest line of the log that no seal covers', 'select coalesce(extract(epoch from now() - min(at)), 0) as n from audit_row where id > coalesce((select max(to_id) from audit_seal), 0)');
    this.figure('sync_refused', 'Operations of phones that were refused in the last week', "select count(*) as n from sync_operation where outcome = 'refused' and heard_at > now() - interval '7 days'");
    this.figure('sync_unsent', 'Operations that phones said they keep, of those heard of in the last week', "select coalesce(sum(pending), 0) as n from sync_device where heard_at > now() - interval '7 days'");
    this.figure('privacy_requests_late', 'Requests about personal data whose day has passed', "select count(*) as n from privacy_request where state not in ('done', 'refused') and (done_by < current_date or (answered_on is null and answer_by < current_date))");
    this.figure('data_incidents_late', 'Breaches of personal data that are neither reported nor closed 72 hours after they were found', "select count(*) as n from data_incident i where found_at < now() - interval '72 hours' and not exists (select 1 from data_incident_step s where s.incident_id = i.id and s.kind in ('reported', 'closed'))");
    this.figure('register_entries', 'Lines of the register', 'select coalesce(max(seq), 0) as n from register_entry');
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  /** All figures as text, of this process and of those beside it. */
  text(): Promise<string> {
    if (!cluster.isWorker) return Object.keys(cluster.workers ?? {}).length ? this.ofAll() : this.registry.metrics();
    return new Promise((done) => {
      const id = ++asked;
      const heard = (m: { id?: number; text?: string }) => {
        if (m?.id !== id || m.text === undefined) return;
        process.off('message', heard);
        clearTimeout(late);
        done(m.text);
      };
      const late = setTimeout(() => { process.off('message', heard); done(''); }, ASKED_WITHIN_MS);
      process.on('message', heard);
      process.send?.({ ask: 'metrics', id });
    });
  }

  /** The figures of the processes that answer requests, added up, and those of the database, once. */
  ofAll(): Promise<string> {
    return this.all.clusterMetrics();
  }

  /** A number that the database knows: the same from every process. */
  private figure(name: string, help: string, sql: string): void {
    const { db } = this;
    new Gauge({
      name, help, registers: [this.registry], aggregator: 'max',
      async collect() {
        const [row] = await db.rows<{ n: number | string }>(sql);
        this.set(Number(row?.n ?? 0));
      },
    });
  }
}
