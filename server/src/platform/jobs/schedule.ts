/**
 * Background work: named jobs on the injected clock. Each run takes a lock among servers (never one of the pool's connections: all jobs begin
 * together, and together they would hold every one while they wait for one), so that of several servers one does it; a job
 * that fails is logged and counted and runs again at its time. Deadlines of the room are not jobs: they are rows that a job sweeps.
 */
import { createHash } from 'node:crypto';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { Refusal } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';
import { isDatabaseAway, type Database } from '../postgres/db.ts';

export interface Job {
  /** `<module>.<what>` */
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

export interface Schedule {
  start(): void;
  /** Runs one job now, out of turn; for tests and for "as soon as possible". */
  runNow(name: string): Promise<void>;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

const lockKey = (name: string): bigint => createHash('sha256').update(`vigil job ${name}`).digest().readBigInt64BE(0);
/** The first run comes soon after the start, when the first page has been served. */
const firstRunMs = 2 * secondMs;

export const createSchedule = (jobs: readonly Job[], options: { database: Database; clock: Clock; log: Log; registry: Registry }): Schedule => {
  const { clock, database, log, registry } = options;
  const failures = new Counter({ name: 'vigil_job_failures_total', help: 'Background jobs that failed', labelNames: ['job'], registers: [registry] });
  const lastDone = new Gauge({ name: 'vigil_job_last_done_seconds', help: 'When a job last ended well, unix time', labelNames: ['job'], registers: [registry] });
  const timers: Timer[] = [];
  const running = new Map<string, Promise<void>>();

  const attempt = async (job: Job): Promise<void> => {
    const giveBack = await database.tryLock(lockKey(job.name));
    if (giveBack === null) return;
    try {
      await job.run();
      lastDone.set({ job: job.name }, clock.now() / secondMs);
    } finally {
      await giveBack();
    }
  };
  const run = (job: Job): Promise<void> => {
    const already = running.get(job.name);
    if (already !== undefined) return already;
    const done = attempt(job)
      .catch((error: unknown) => {
        failures.inc({ job: job.name });
        if (isDatabaseAway(error)) log.warn('a job waits for the database', { job: job.name });
        else if (error instanceof Refusal && error.kind === 'unavailable') log.warn('a job waits for what it needs', { job: job.name, code: error.code, why: error.message });
        else log.error('a job failed', { job: job.name, error });
      })
      .finally(() => running.delete(job.name));
    running.set(job.name, done);
    return done;
  };
  return {
    start: () => {
      for (const job of jobs) {
        timers.push(clock.after(Math.min(firstRunMs, job.everyMs), () => void run(job)));
        timers.push(clock.every(job.everyMs, () => void run(job)));
      }
    },
    runNow: async (name) => {
      const job = jobs.find((one) => one.name === name);
      if (job === undefined) throw new Error(`there is no job ${name}`);
      await run(job);
    },
    stop: async () => {
      timers.forEach((timer) => timer.cancel());
      await Promise.all(running.values());
    },
  };
};
