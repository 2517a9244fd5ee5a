/** Puts notifications together: wire.ts hands in the kinds of all modules and fills the slots. */
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { secondMs } from '../../base/units.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Job } from '../../platform/jobs/schedule.ts';
import type { Database, Tx } from '../../platform/postgres/db.ts';
import type { Sealer } from '../../platform/secrets/sealer.ts';
import type { Caller } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { clearAlarm, type AlarmToClear } from './commands/clear-alarm.ts';
import { raiseAlarm, type AlarmToRaise } from './commands/raise-alarm.ts';
import { sendNotice, type NoticeToSend } from './commands/send-notice.ts';
import type { NotificationsContext } from './context.ts';
import { createCarriers } from './deliver.ts';
import { collectKinds, type Kind } from './kinds.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { operatorKinds } from './operator-kinds.ts';
import { notificationsRoutes } from './routes.ts';
import { sweepDeadlines } from './sweep.ts';

export interface NotificationsOptions extends Pick<NotificationsContext, 'people' | 'tellScreens' | 'cameraName' | 'allowLocal' | 'shiftEnd' | 'ackNeedsPost' | 'timeZone'> {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  sealer: Sealer;
  /** Kinds that modules declare. */
  kinds: readonly Kind[];
  limits?: Limits;
  /** Longest time of one attempt of a channel, ms; default 10 s. */
  channelLimitMs?: number;
}

export interface Notifications {
  routes: Route<Caller>[];
  jobs: Job[];
  alarms: {
    /** Answers the alarm's id. The same kind and subject that is open already is counted, not doubled. */
    raise(tx: Tx, alarm: AlarmToRaise): Promise<string>;
    /** Over by itself; nothing happens when none is open. */
    clear(tx: Tx, clear: AlarmToClear): Promise<void>;
  };
  notices: {
    /** Answers the sending's id. */
    send(tx: Tx, notice: NoticeToSend): Promise<string>;
  };
  /** Resolves when nothing is being carried: for an orderly stop. */
  settled(): Promise<void>;
}

const sweepEveryMs = 2 * secondMs;
const longestAttemptMs = 10 * secondMs;

export const createNotifications = (options: NotificationsOptions): Notifications => {
  const { kinds, limits = defaultLimits, channelLimitMs = longestAttemptMs, ...rest } = options;
  const context: NotificationsContext = { ...rest, limits, channelLimitMs, kinds: collectKinds([...operatorKinds, ...kinds]) };
  const carriers = createCarriers(context);
  return {
    routes: notificationsRoutes(context),
    jobs: [
      { name: 'notifications.deadlines', everyMs: sweepEveryMs, run: () => sweepDeadlines(context) },
      { name: 'notifications.deliveries', everyMs: sweepEveryMs, run: () => carriers.begin() },
    ],
    alarms: { raise: (tx, alarm) => raiseAlarm(context, tx, alarm), clear: (tx, clear) => clearAlarm(context, tx, clear) },
    notices: { send: (tx, notice) => sendNotice(context, tx, notice) },
    settled: () => carriers.settled(),
  };
};
