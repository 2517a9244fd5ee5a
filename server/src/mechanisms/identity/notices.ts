/** Ended sessions and changed rights, heard by every server of the room after commit: LISTEN/NOTIFY, so that two servers know it both. */
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { hourMs } from '../../base/units.ts';
import type { Database, Tx } from '../../platform/postgres/db.ts';
import { endedSince } from './session-store.ts';

const channel = 'vigil_identity';
const Notice = z.discriminatedUnion('op', [
  z.object({ op: z.literal('ended'), sessionId: z.string(), personId: z.string() }),
  z.object({ op: z.literal('rights'), personId: z.string() }),
]);
type Notice = z.infer<typeof Notice>;

export interface EndedSession {
  sessionId: string;
  personId: string;
}

export const tellNotice = (database: Database, tx: Tx, notice: Notice): Promise<void> => database.notify(tx, channel, JSON.stringify(notice));

const overlapMs = hourMs;

export const createNotices = (database: Database, clock: Clock) => {
  const ended = new Set<(session: EndedSession) => void>();
  const rights = new Set<(personId: string) => void>();
  const heard = (payload: string): void => {
    const notice = Notice.parse(JSON.parse(payload));
    if (notice.op === 'ended') ended.forEach((listener) => listener({ sessionId: notice.sessionId, personId: notice.personId }));
    else rights.forEach((listener) => listener(notice.personId));
  };
  // What was told while the database was away is gone: read again what has ended. Hearing it twice harms nobody.
  const missed = (): void => {
    endedSince(database.db, clock.now() - overlapMs).then(
      (sessions) => sessions.forEach((session) => ended.forEach((listener) => listener(session))),
      () => undefined,
    );
  };
  return {
    listen: () => database.listen(channel, heard, missed),
    /** Calls back for each session that ends anywhere: close its streams. Answers a function that stops it. */
    onEnded: (listener: (session: EndedSession) => void): (() => void) => {
      ended.add(listener);
      return () => void ended.delete(listener);
    },
    /** Calls back when roles of a person change: ask `can` again for what is open. */
    onRightsChanged: (listener: (personId: string) => void): (() => void) => {
      rights.add(listener);
      return () => void rights.delete(listener);
    },
  };
};
