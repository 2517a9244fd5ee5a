/** One throw-away PostgreSQL with a template database that holds all migrations; a test database is a copy of it (~50 ms). */
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../embedded.ts';
import { migrate } from '../migrate.ts';

export interface TestCluster {
  appUrl: string;
  ownerUrl: string;
  adminUrl: string;
}

export const templateName = 'vigil_template';

/** The same URL with another database name. */
export const withDatabase = (url: string, name: string): string => url.replace(/\/vigil(?=\?|$)/, `/${name}`);

export const startTestCluster = async (): Promise<{ urls: TestCluster; stop: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-test-'));
  chmodSync(folder, 0o755); // the account of PostgreSQL must be able to pass
  const running = await startEmbedded({ dataFolder: join(folder, 'data'), stateRoot: join(folder, 'state'), durability: 'fast', logFile: join(folder, 'postgres.log') });
  const stop = async (): Promise<void> => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { appUrl, ownerUrl, adminUrl } = running;
    await migrate({ ownerUrl });
    const admin = new pg.Client({ connectionString: withDatabase(adminUrl, 'postgres') });
    await admin.connect();
    await admin.query(`ALTER DATABASE vigil RENAME TO ${templateName}`);
    await admin.query(`ALTER DATABASE ${templateName} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    await admin.end();
    return { urls: { appUrl, ownerUrl, adminUrl }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
