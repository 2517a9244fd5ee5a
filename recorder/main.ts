/** `node recorder/main.ts --data <folder>`: one recorder on its socket until SIGTERM or SIGINT; whatever it cannot survive ends it, and the supervisor starts it again. */
import { existsSync, readFileSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../server/src/base/clock.ts';
import { createLog } from '../server/src/base/log.ts';
import type { Log } from '../server/src/base/log.ts';
import { Refusal } from '../server/src/base/refusal.ts';
import { createControlServer } from './control/control-server.ts';
import { listenOnSocket, refuseSecondInstance } from './control/listen.ts';
import { probe } from './probe/index.ts';
import { Recorder } from './recorder.ts';
import { refuse } from './refusals.ts';
import { fileThreads } from './storage/turns.ts';

// One file operation for each camera is in flight: four threads would queue behind a slow fsync. All storages share them: storage/turns.ts.
process.env['UV_THREADPOOL_SIZE'] ??= String(fileThreads);

/** From the sources and from dist/ alike. */
const ownVersion = (): string => {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  return '0';
};

const dieLoudly = (log: Log): void => {
  const die = (what: string) => (error: unknown) => {
    log.error(what, { error });
    process.exit(70);
  };
  process.on('uncaughtException', die('uncaught exception'));
  process.on('unhandledRejection', die('unhandled rejection'));
};

const run = async (log: Log): Promise<void> => {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  if (values.data === undefined) throw refuse('data_folder_missing');
  const dataFolder = resolve(values.data);
  const socketPath = join(dataFolder, 'run', 'recorder.sock');
  await refuseSecondInstance(socketPath);
  const recorder = await Recorder.start({ dataFolder, clock: systemClock, log, version: ownVersion() });
  const server = createControlServer({ recorder, log, probe: (request) => probe(request, { clock: systemClock }), restart: () => stop('restart') });
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info('recorder stops', { signal });
    server.close();
    recorder
      .stop()
      .then(async () => {
        server.closeAllConnections();
        await unlink(socketPath).catch(() => undefined);
        process.exit(0);
      })
      .catch((error: unknown) => {
        log.error('recorder did not stop in order', { error });
        process.exit(1);
      });
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  await listenOnSocket(server, socketPath);
  log.info('recorder listens', { socketPath });
};

const log = createLog({ name: 'recorder', level: process.env['VIGIL_LOG_LEVEL'] ?? 'info' });
dieLoudly(log);
run(log).catch((error: unknown) => {
  if (error instanceof Refusal) process.stderr.write(`${error.sentence.zh}\n${error.sentence.en}\n`);
  else log.error('recorder did not start', { error });
  process.exit(error instanceof Refusal ? 64 : 70);
});
