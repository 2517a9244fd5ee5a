/** The server process: settings, database, room, address; and the way back when it is told to stop. */
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { readConfig, type Config } from '../base/config.ts';
import { createLog, type Log } from '../base/log.ts';
import { Refusal } from '../base/refusal.ts';
import type { OriginRule } from '../platform/http/gate.ts';
import { attachLiveSockets } from '../platform/http/live-sockets.ts';
import { createMetrics } from '../platform/http/metrics.ts';
import { createHttp } from '../platform/http/server.ts';
import { createSchedule } from '../platform/jobs/schedule.ts';
import { isDatabaseAway, openDatabase } from '../platform/postgres/db.ts';
import { assertNotOwner } from '../platform/postgres/roles.ts';
import { assertMigrated } from '../platform/postgres/schema-check.ts';
import { exitConfiguration, exitTemporary, reportReady, requestSimulators } from '../platform/process/supervised.ts';
import { localSettings, tlsFiles } from '../platform/tls/local-settings.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import { greet, tellingDemonstration } from './greeting.ts';
import { recordPendingRestore } from './restored.ts';
import { serverStarted, serverStopped } from './room-reads.ts';
import { version } from './version.ts';
import { wire, type Room } from './wire.ts';

const clock = systemClock;

const namesInCertificate = (dataFolder: string): string[] => {
  const file = tlsFiles(dataFolder).names;
  if (!existsSync(file)) return [];
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(read) ? read.filter((name) => typeof name === 'string') : [];
};

/** Names under which this server answers: a foreign name that resolves here is an attack, not a visitor. */
const originRule = (config: Config): OriginRule => ({
  origin: config.origin,
  hosts: ['localhost', '127.0.0.1', '[::1]', config.host, hostname(), ...namesInCertificate(config.dataFolder)].map((name) => name.toLowerCase()),
});

/** dist/web beside the compiled server, or in the working tree when the source runs. */
const webFolder = (): string | null => {
  const candidates = [join(import.meta.dirname, '..', '..', '..', 'web'), join(import.meta.dirname, '..', '..', '..', 'dist', 'web')];
  return candidates.find((folder) => existsSync(join(folder, 'index.html')) && existsSync(join(folder, 'assets'))) ?? null;
};

const noteInLedger = async (room: Room, database: ReturnType<typeof openDatabase>, what: 'started' | 'stopped'): Promise<void> => {
  const place = await people.place(database.db);
  if (place === null) return;
  const { siteId } = place.site;
  const common = { siteId, roomId: null, actor: { kind: 'process', id: 'server' } as const, subject: siteId, at: clock.now() };
  await database.transaction((tx) => (what === 'started' ? room.ledger.append(tx, { ...common, event: serverStarted, body: { version } }) : room.ledger.append(tx, { ...common, event: serverStopped, body: {} })));
};

const start = async (log: Log): Promise<() => Promise<void>> => {
  const { config } = localSettings(readConfig);
  if (config.databaseUrl === null) throw new Error('VIGIL_DATABASE_URL is not set; start Vigil with npm start');
  const database = openDatabase(config.databaseUrl, { log: log.child({ part: 'database' }) });
  await assertNotOwner(database.db);
  await assertMigrated(database.db);
  const metrics = createMetrics();
  const terminal = { dataFolder: config.dataFolder, say: (line: string) => void process.stdout.write(`${line}\n`) };
  const room = wire({ config, clock, log, database, metrics, startSimulators: requestSimulators });
  // Before anything else can append: the first fact after a restore says so.
  await recordPendingRestore({ database, ledger: room.ledger, dataFolder: config.dataFolder, video: room.video });
  await room.video.sealAddresses();
  const origin = originRule(config);
  const tls = config.tls === null ? null : { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) };
  const app = await createHttp({ clock, log: log.child({ part: 'http' }), metrics, routes: tellingDemonstration(room.routes, terminal), gate: room.identity.gate, origin, tls, webFolder: webFolder() });
  const endIdentity = await room.identity.start();
  const unlisten = await room.live.listen();
  const endSockets = attachLiveSockets(app.server, { clock, log: log.child({ part: 'live' }), metrics, gate: room.identity.gate, origin, listener: room.live.listener });
  const schedule = createSchedule(room.jobs, { database, clock, log: log.child({ part: 'jobs' }), registry: metrics.registry });
  await app.listen({ host: config.host, port: config.port });
  room.video.start();
  schedule.start();
  await room.checkpointer.start();
  await noteInLedger(room, database, 'started');
  await greet(room, database, { demonstration: config.demonstration, ...terminal });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  reportReady(config.port === 0 ? config.origin.replace(/:0$/, `:${port}`) : config.origin);
  return async () => {
    endSockets();
    await app.close();
    await schedule.stop();
    await room.video.stop();
    await unlisten();
    await endIdentity();
    await noteInLedger(room, database, 'stopped').catch((error: unknown) => log.warn('the stop could not be noted', { error }));
    await room.checkpointer.stop();
    await database.close();
  };
};

const run = async (): Promise<void> => {
  const log = createLog({ name: 'server', level: readConfig().logLevel });
  let stop: (() => Promise<void>) | null = null;
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    (stop?.() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('the stop broke', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (process.connected) process.once('disconnect', end);
  process.on('unhandledRejection', (error) => {
    log.error('something was left unhandled', { error });
    process.exit(1);
  });
  process.on('uncaughtException', (error) => {
    log.error('something broke', { error });
    process.exit(1);
  });
  try {
    stop = await start(log);
  } catch (error) {
    if (error instanceof Refusal) process.stderr.write(`${error.sentence.zh}\n${error.sentence.en}\n`);
    log.error('the server could not start', { error });
    process.exit(isDatabaseAway(error) ? exitTemporary : error instanceof Refusal ? exitConfiguration : 1);
  }
};

void run();
