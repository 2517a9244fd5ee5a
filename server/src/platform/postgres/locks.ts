/**
 * Named locks among servers of one database, all on one connection of their own: whoever holds one still finds every connection of the
 * pool free for its work. A lock goes with its connection, so that a server that died holds nothing.
 */
import pg from 'pg';
import type { Log } from '../../base/log.ts';
import { secondMs } from '../../base/units.ts';

export interface Locks {
  /** Null while another server holds it; else how to give it back. A lock is not taken twice: who asks within one server knows what it holds. */
  tryTake(key: bigint): Promise<(() => Promise<void>) | null>;
  close(): Promise<void>;
}

const answerMs = 5 * secondMs;

export const openLocks = (url: string, log: Log): Locks => {
  let current: Promise<pg.Client> | null = null;

  const reach = (): Promise<pg.Client> => {
    if (current !== null) return current;
    const client = new pg.Client({ connectionString: url, application_name: 'vigil-locks', keepAlive: true, connectionTimeoutMillis: answerMs, query_timeout: answerMs });
    const reached = client.connect().then(() => client);
    const lost = (error?: Error): void => {
      if (error !== undefined) log.debug('the connection of the locks broke', { error: error.message });
      if (current === reached) current = null;
    };
    client.on('error', lost);
    client.on('end', () => lost());
    reached.catch(lost);
    current = reached;
    return reached;
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** One question after the other: the connection is shared. */
  const ask = (connection: Promise<pg.Client>, question: string, key: bigint): Promise<boolean> => {
    const answer = turn.then(() => answerOf(connection, question, key));
    turn = answer.catch(() => undefined);
    return answer;
  };

  /** A connection that does not answer is left, with all its locks: nobody knows what it holds. */
  const answerOf = async (connection: Promise<pg.Client>, question: string, key: bigint): Promise<boolean> => {
    const client = await connection;
    try {
      const { rows } = await client.query<{ yes: boolean }>(`select ${question}($1::bigint) as yes`, [String(key)]);
      return rows[0]?.yes === true;
    } catch (error) {
      if (current === connection) current = null; // a newer one holds what was taken since
      client.end().catch(() => undefined);
      throw error;
    }
  };

  return {
    tryTake: async (key) => {
      const connection = reach();
      if (!(await ask(connection, 'pg_try_advisory_lock', key))) return null;
      return async () => {
        await ask(connection, 'pg_advisory_unlock', key).catch((error: unknown) => log.debug('a lock went with its connection', { error }));
      };
    },
    close: async () => {
      const open = current;
      current = null;
      await open?.then((client) => client.end()).catch(() => undefined);
    },
  };
};
