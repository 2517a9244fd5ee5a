/** The kept processes of a room by name: how each is started, what is said when one ends, and the list that a successor reads after a kill. */
import { join } from 'node:path';
import type { Sentence } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';
import type { EndingStep } from '../../platform/process/ending.ts';
import { createKeeper, type Keeper, type KeeperEvent, type KeeperOptions } from '../../platform/process/keeper.ts';
import { childEnvironment, launchNode } from '../../platform/process/launch.ts';
import { noteChildren } from '../../platform/process/leftovers.ts';
import type { Programs } from './programs.ts';
import type { Terminal } from './terminal.ts';

export type ChildName = keyof Programs | 'database';
type Variables = Readonly<Record<string, string | undefined>>;

/** The recorder's own stop is bounded by 9 s (recorder/recorder.ts), so that a slow disk costs footage with its gap and not the last word. */
export const nodeEnding: readonly EndingStep[] = [
  { signal: 'SIGTERM', limitMs: 12 * secondMs },
  { signal: 'SIGKILL', limitMs: 2 * secondMs },
];

const called: Record<ChildName, Sentence & { log: string }> = {
  server: { zh: '服务', en: 'server', log: 'server.log' },
  recorder: { zh: '录像', en: 'recorder', log: 'recorder.log' },
  simulators: { zh: '模拟摄像机', en: 'simulated cameras', log: 'simulators.log' },
  database: { zh: '数据库', en: 'database', log: 'postgres.log' },
  migrate: { zh: '数据库升级', en: 'migration', log: 'migrate.log' },
};

/** The server prints its set-up code, the migration its refusal; nobody else speaks to the terminal. */
const speaks = new Set<ChildName>(['server', 'migrate']);

export interface Children {
  /** Starts one of our programs and keeps it running. */
  keep(name: keyof Programs, args: readonly string[], env: Variables, more?: Partial<KeeperOptions>): Keeper;
  /** Takes a keeper made elsewhere into the list. */
  add(keeper: Keeper): void;
  has(name: ChildName): boolean;
  drop(name: ChildName): void;
  onEvent(name: ChildName, event: KeeperEvent): void;
  /** Ends them one after the other. */
  close(order: readonly ChildName[], hurry: AbortSignal): Promise<void>;
}

export interface ChildrenOptions {
  dataFolder: string;
  logs: string;
  programs: Programs;
  terminal: Terminal;
  settings: Variables;
}

export const createChildren = ({ dataFolder, logs, programs, terminal, settings }: ChildrenOptions): Children => {
  const keepers = new Map<string, Keeper>();
  let closed: AbortSignal | null = null;
  const onEvent = (name: ChildName, event: KeeperEvent): void => {
    terminal.note(event.kind, { name, ...event });
    noteChildren(dataFolder, [...keepers.values()].flatMap((keeper) => keeper.mark() ?? []));
    if (event.kind === 'started') return;
    const { zh, en, log } = called[name];
    const why = event.signal ?? `exit ${event.code ?? '?'}`;
    const file = join(logs, log);
    terminal.tell({
      zh: `${zh}进程结束(${why}),${event.restartInMs} 毫秒后重新启动；日志 ${file}`,
      en: `The ${en} ended (${why}); starting again in ${event.restartInMs} ms; log ${file}`,
    });
  };
  return {
    keep: (name, args, env, more = {}) => {
      const program = {
        entry: programs[name],
        args,
        // Two malloc arenas: glibc's default of eight a core keeps freed memory that a small room cannot spare.
        env: childEnvironment({ ...settings, VIGIL_DATA: dataFolder, MALLOC_ARENA_MAX: '2', ...env }),
        logFile: join(logs, called[name].log),
        speaks: speaks.has(name),
      };
      const keeper = createKeeper({ name, launch: () => launchNode(program), ending: nodeEnding, onEvent: (event) => onEvent(name, event), ...more });
      keepers.set(name, keeper);
      keeper.start();
      return keeper;
    },
    add: (keeper) => {
      keepers.set(keeper.name, keeper);
      if (closed !== null) void keeper.stop(closed); // a stop overtook the start: it must not begin any more
    },
    has: (name) => keepers.has(name),
    drop: (name) => void keepers.delete(name),
    onEvent,
    close: async (order, hurry) => {
      closed = hurry;
      for (const name of order) await keepers.get(name)?.stop(hurry);
    },
  };
};
