import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Endpoint, type InputOf, type OutputOf, routeOf } from '@lantoa/shared/endpoint';
import type { ProblemBody } from '@lantoa/shared/problems';
import pg from 'pg';
import { type Config, readConfig } from '#platform/config';
import { Db, migrate } from '#platform/db';
import { Jobs, migrateJobs } from '#platform/jobs';
import { RolesService, SessionsService } from '#modules/access';
import { createApp } from '../src/app.ts';
import { databaseOptions } from '../src/app.module.ts';

/** A copy of the template database: tables and content, nobody in it. */
export async function freshDatabase(): Promise<string> {
  const admin = new pg.Client(process.env.TEST_ADMIN_URL);
  await admin.connect();
  const name = `t_${process.env.JEST_WORKER_ID}_${randomUUID().slice(0, 8)}`;
  await admin.query(`create database ${name} template ${process.env.TEST_TEMPLATE} strategy file_copy`);
  await admin.end();
  return Object.assign(new URL(process.env.TEST_ADMIN_URL as string), { pathname: `/${name}` }).href;
}

/** A database with nothing in it at all. */
export async function bareDatabase(): Promise<string> {
  const admin = new pg.Client(process.env.TEST_ADMIN_URL);
  await admin.connect();
  const name = `e_${process.env.JEST_WORKER_ID}_${randomUUID().slice(0, 8)}`;
  await admin.query(`create database ${name}`);
  await admin.end();
  return Object.assign(new URL(process.env.TEST_ADMIN_URL as string), { pathname: `/${name}` }).href;
}

/** A database with the tables and nothing in them, not even content. */
export async function emptyDatabase(): Promise<string> {
  const url = await bareDatabase();
  await migrate(databaseOptions(url));
  await migrateJobs(url);
  return url;
}

export interface Answer<T> { status: number; body: T & Partial<Omit<ProblemBody, 'status' | 'type' | 'title'>>; headers: Record<string, unknown> }
export interface Client { call<E extends Endpoint>(e: E, input: InputOf<E>, headers?: Record<string, string>): Promise<Answer<OutputOf<E>>> }

export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  db: Db;
  /** Somebody without a session. */
  stranger: Client;
  /** The same as a signed-in person. */
  as(personId: string): Promise<Client>;
  /** Does the jobs that wait. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** The same server as a replica would be, in that nothing can be written: what may be stale must only read. */
export const replicaOf = (url: string): string => `${url}?options=-c%20default_transaction_read_only%3Don`;

/** The application on its own database (or on one that is there), spoken to through HTTP. */
export async function startTestApp(existing?: string, settings: Partial<Config> = {}): Promise<TestApp> {
  const url = existing ?? (await freshDatabase());
  const config = { ...readConfig(['--data', path.join(os.tmpdir(), `lantoa-files-${randomUUID()}`)], {}), logTo: 'none' as const, databaseReplicaUrl: replicaOf(url), ...settings };
  const app = await createApp(config, url, { web: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const client = (cookie?: string): Client => ({
    async call(e, input, headers = {}) {
      const { params = {}, query = {}, body } = input as { params?: Record<string, string>; query?: Record<string, string>; body?: object };
      const target = `${routeOf(e).replace(/:(\w+)/g, (_, k: string) => encodeURIComponent(params[k] ?? ''))}?${new URLSearchParams(Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])))}`;
      const reply = await app.inject({ method: e.method, url: target, headers: { ...headers, ...(cookie && { cookie }) }, ...(body !== undefined && { payload: body }) });
      const json = String(reply.headers['content-type']).includes('json');
      return { status: reply.statusCode, body: (json ? reply.json() : reply.body) as never, headers: reply.headers };
    },
  });
  return {
    app, url, db: app.get(Db), stranger: client(),
    async as(personId) {
      await app.get(RolesService).actorOf(personId);
      const { token } = await app.get(SessionsService).open({ personId, secretKind: 'pin' }, { address: '127.0.0.1', label: 'test' });
      return client(`lantoa_session=${token}`);
    },
    drain: () => app.get(Jobs).drain(url),
    close: () => app.close(),
  };
}
