/**
 * PostgreSQL for everybody above. Reads take `Db`, writes take `Tx` (house rule 4): a `Tx` may be passed where a `Db` is wanted,
 * never the other way round. A store names its own tables: `db.$extendTables<VideoTables>()`.
 */
import { Kysely, PostgresDialect, sql, type ColumnType, type RawBuilder, type Transaction } from 'kysely';
import pg from 'pg';
import type { Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { declareRefusals } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';
import { openLocks } from './locks.ts';

// oxlint-disable-next-line typescript/no-generated-empty-object-type -- truly no tables: each store adds its own with $extendTables
export type NoTables = Record<never, never>;
export type Db = Kysely<NoTables>;
export type Tx = Transaction<NoTables>;

/** A timestamptz column: read as UTC milliseconds, written as `at(instant)`. */
export type InstantColumn = ColumnType<Instant, Date, Date>;
export type NullableInstantColumn = ColumnType<Instant | null, Date | null, Date | null>;
export const at = (instant: Instant): Date => new Date(instant);
/** An instant to compare a timestamptz column with: `.where('from_at', '<', moment(until))`. */
export const moment = (instant: Instant): RawBuilder<Instant> => sql<Instant>`${new Date(instant)}::timestamptz`;
export const atOrNull = (instant: Instant | null): Date | null => (instant === null ? null : new Date(instant));

export const databaseRefusals = declareRefusals('database', {
  away: { kind: 'unavailable', zh: '数据库暂时不可用，录像不受影响；系统正在重连，请稍后再试。', en: 'The database is away for the moment; recording is not affected. Vigil is reconnecting: try again shortly.' },
});

const { INT8, NUMERIC, TIMESTAMPTZ } = pg.types.builtins;
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Parameters<typeof pg.types.getTypeParser>[0]): unknown => {
    if (oid === INT8 || oid === NUMERIC) return Number;
    if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
    return pg.types.getTypeParser(oid);
  }) as typeof pg.types.getTypeParser,
};

/** Class 08, shutting down or starting up (57P0x), no connection free (53300), a standby that was not promoted yet (25006). */
const awayStates = /^(08...|57P0.|53300|25006)$/;
const awayErrnos: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** Connection lost, refused, shutting down, or starting up: worth trying again, nobody's fault at the screen. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // A missing file is also ENOENT: only a socket that is not there means the database.
  const isMissingSocket = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  if (awayStates.test(code) || awayErrnos.has(code) || isMissingSocket) return true;
  return /Connection terminated|connection timeout|timeout exceeded when trying to connect|Client has encountered a connection error/i.test(error.message);
};

/** Deadlock found (40P01) or order not to be had (40001): nothing of it was done, and the next try meets the other one finished. */
const isBrokenOff = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === '40001');
const triesOfBrokenOff = 5;

export interface Database {
  /** For reads. */
  readonly db: Db;
  /**
   * One transaction: commits when `work` resolves, else rolls back. Where two transactions block each other PostgreSQL breaks one off; that
   * one is begun again, so `work` may run more than once and leaves nothing behind but what it does through `tx`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * A transaction of its own within another, which stands although that one is undone. On other connections than the pool's: were they the
   * same, as many at once as there are would wait for each other.
   */
  apart<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls back with each payload notified on the channel; re-subscribes by itself after the database was away and then calls `missed`. */
  listen(channel: string, heard: (payload: string) => void, missed?: () => void): Promise<() => Promise<void>>;
  /** `select pg_notify` inside the transaction: heard by all servers after commit. */
  notify(tx: Tx, channel: string, payload: string): Promise<void>;
  /** A lock among all servers of this database: null while another holds it, else how to give it back. Goes with the process that dies. */
  tryLock(key: bigint): Promise<(() => Promise<void>) | null>;
  close(): Promise<void>;
}

interface Listener {
  channel: string;
  heard: (payload: string) => void;
  missed: () => void;
}

/** A connection that says nothing may be dead for hours before TCP notices: whoever listens for ended rights must ask. */
const earsAskEveryMs = 15 * secondMs;
const earsAnswerMs = 5 * secondMs;

/** Keeps one connection for LISTEN, made when first needed and again when it breaks or falls silent. */
class Ears {
  readonly #url: string;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  #client: pg.Client | null = null;
  #connecting: Promise<void> | null = null;
  #asking: ReturnType<typeof setInterval> | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  async add(listener: Listener): Promise<() => Promise<void>> {
    this.#listeners.add(listener);
    try {
      if (this.#client === null) await this.#connect();
      // One that came while the connection was being made may have missed its turn; LISTEN twice harms nobody.
      await this.#say(`listen ${pg.escapeIdentifier(listener.channel)}`);
    } catch (error) {
      this.#listeners.delete(listener);
      throw error;
    }
    return async () => {
      this.#listeners.delete(listener);
      const stillWanted = [...this.#listeners].some((other) => other.channel === listener.channel);
      if (!stillWanted) await this.#say(`unlisten ${pg.escapeIdentifier(listener.channel)}`).catch(() => undefined);
    };
  }

  /** One statement after the other: the connection is shared. */
  #say(statement: string): Promise<unknown> {
    const client = this.#client;
    const said = this.#turn.then(() => client?.query(statement));
    this.#turn = said.catch(() => undefined);
    return said;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#asking !== null) clearInterval(this.#asking);
    await this.#connecting?.catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
    this.#client = null;
  }

  #connect(): Promise<void> {
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'vigil-listen', keepAlive: true, connectionTimeoutMillis: 5 * secondMs, query_timeout: earsAnswerMs });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', (message) => {
      for (const listener of this.#listeners) if (listener.channel === message.channel) listener.heard(message.payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of new Set([...this.#listeners].map((listener) => listener.channel))) {
        await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      }
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    this.#asking ??= setInterval(() => this.#ask(), earsAskEveryMs).unref();
  }

  #ask(): void {
    const client = this.#client;
    this.#say('select 1').catch(() => {
      if (client === null) return;
      this.#lost(client);
      client.end().catch(() => undefined);
    });
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client || this.#closed) return;
    this.#client = null;
    this.#log.warn('database notices lost, listening again');
    const again = (): void => {
      if (this.#closed) return;
      this.#connect().then(
        () => this.#listeners.forEach((listener) => listener.missed()),
        () => setTimeout(again, secondMs).unref(),
      );
    };
    setTimeout(again, secondMs).unref();
  }
}

const openPool = (url: string, connections: number, log: Log): Db => {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: connections,
    application_name: 'vigil',
    connectionTimeoutMillis: 5 * secondMs,
    idleTimeoutMillis: 30 * secondMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10 * secondMs,
  });
  // Without a listener a connection that breaks would end the process: while it idles the pool speaks for it, while a transaction that asks
  // nothing just then holds it, nobody does. The next question on it fails, and that is told to whoever asked.
  pool.on('connect', (client) => client.on('error', (error) => log.debug('a database connection broke', { error: error.message })));
  pool.on('error', (error) => log.warn('idle database connection lost', { error: error.message }));
  return new Kysely<NoTables>({ dialect: new PostgresDialect({ pool }) });
};

const transactionOf = async <T>(db: Db, work: (tx: Tx) => Promise<T>, log: Log): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isBrokenOff(error) || attempt === triesOfBrokenOff) throw error;
      log.warn('a transaction was broken off by another and begins again', { attempt, error });
    }
  }
};

/** Opens a pool on the app role's URL. Does not connect before the first query. */
export const openDatabase = (url: string, options: { log: Log; connections?: number }): Database => {
  const db = openPool(url, options.connections ?? 8, options.log);
  const aside = openPool(url, 2, options.log);
  const ears = new Ears(url, options.log);
  const locks = openLocks(url, options.log);
  return {
    db,
    transaction: (work) => transactionOf(db, work, options.log),
    apart: (work) => transactionOf(aside, work, options.log),
    listen: (channel, heard, missed = () => undefined) => ears.add({ channel, heard, missed }),
    notify: async (tx, channel, payload) => {
      await sql`select pg_notify(${channel}, ${payload})`.execute(tx);
    },
    tryLock: (key) => locks.tryTake(key),
    close: async () => {
      await ears.close();
      await locks.close();
      await Promise.all([db.destroy(), aside.destroy()]);
    },
  };
};
