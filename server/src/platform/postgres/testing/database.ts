/** `freshDatabase()`: an own database with all migrations for one test or one test file. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startTestCluster, templateName, withDatabase, type TestCluster } from './test-cluster.ts';
import type {} from './global-setup.ts';

export interface FreshDatabase {
  /** As the server: no DDL, no change of facts. */
  appUrl: string;
  ownerUrl: string;
  /** As superuser, for tests that tamper. */
  adminUrl: string;
  drop(): Promise<void>;
}

let own: Promise<{ urls: TestCluster; stop: () => Promise<void> }> | undefined;

/** The cluster of the run, else one of our own: for a test outside the data project, a bench or a script. */
const cluster = async (): Promise<TestCluster> => {
  if (process.env['VITEST'] !== undefined) {
    const { inject } = await import('vitest');
    // Outside the data project nothing is provided, whatever the type says.
    const provided = inject('vigilTestCluster') as TestCluster | undefined;
    if (provided !== undefined) return provided;
  }
  own ??= startTestCluster();
  return (await own).urls;
};

/** Ends a cluster that `freshDatabase` had to start by itself; benches and scripts call it last. */
export const stopOwnCluster = async (): Promise<void> => {
  const running = own;
  own = undefined;
  if (running !== undefined) await (await running).stop();
};

const asAdmin = async (urls: TestCluster, statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: withDatabase(urls.adminUrl, 'postgres') });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
};

export const freshDatabase = async (): Promise<FreshDatabase> => {
  const urls = await cluster();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await asAdmin(urls, `CREATE DATABASE ${name} OWNER vigil_owner TEMPLATE ${templateName}`);
  await asAdmin(urls, `REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO vigil_app`);
  return {
    appUrl: withDatabase(urls.appUrl, name),
    ownerUrl: withDatabase(urls.ownerUrl, name),
    adminUrl: withDatabase(urls.adminUrl, name),
    drop: () => asAdmin(urls, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};
