/** The window's one socket: video requests go to video, changes and ended rights go to the screens they concern. */
import { ChangedTopic, LiveNotice } from '../../../contract/live.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { Refusal } from '../base/refusal.ts';
import { minuteMs, secondMs } from '../base/units.ts';
import type { createIdentity } from '../mechanisms/identity/index.ts';
import type { Caller } from '../mechanisms/identity/index.ts';
import type { FootageGrants } from '../modules/evidence/index.ts';
import { changedChannel, isVideoRequest, type createVideo } from '../modules/video/index.ts';
import type { LiveListener, LiveSocket } from '../platform/http/live-sockets.ts';
import type { Database } from '../platform/postgres/db.ts';

/** An open window is a sign of life of its session. */
const aliveEveryMs = minuteMs;
const recheckAgainMs = 5 * secondMs;

export interface LiveParts {
  database: Database;
  clock: Clock;
  log: Log;
  identity: ReturnType<typeof createIdentity>;
  video: ReturnType<typeof createVideo>;
  grants: Pick<FootageGrants, 'listen'>;
}

export interface LiveDesk {
  listener: LiveListener<Caller>;
  /** Begins to hear of changes; answers how to stop. */
  listen(): Promise<() => Promise<void>>;
}

export const createLiveDesk = ({ database, clock, log, identity, video, grants }: LiveParts): LiveDesk => {
  const sockets = new Set<LiveSocket<Caller>>();
  const tellAll = (topic: string): void => {
    const notice = LiveNotice.safeParse({ op: 'changed', topic });
    if (notice.success) sockets.forEach((socket) => socket.tell(notice.data));
  };

  const sessionEnded = (sessionId: string): void => {
    video.rightEnded((caller) => caller.sessionId === sessionId);
    for (const socket of sockets) {
      if (socket.caller.sessionId !== sessionId) continue;
      socket.tell({ op: 'signed_out' });
      socket.close();
    }
  };
  // A caller is a picture of the rights at the time of the upgrade: with other rights the window connects again.
  const rightsChanged = (personId: string): void => {
    video.rightEnded((caller) => caller.personId === personId);
    for (const socket of sockets) if (socket.caller.personId === personId) socket.close();
  };

  const rightsOf = (caller: Caller): string => JSON.stringify([caller.roomId, caller.canAll()]);
  /** False when it could not be asked. */
  const recheck = async (socket: LiveSocket<Caller>): Promise<boolean> => {
    try {
      const { caller } = socket;
      if (rightsOf(await socket.admitAgain()) !== rightsOf(caller)) rightsChanged(caller.personId);
      return true;
    } catch (error) {
      const isNo = error instanceof Refusal && (error.kind === 'unauthenticated' || error.kind === 'forbidden');
      if (isNo) sessionEnded(socket.caller.sessionId);
      return isNo;
    }
  };
  /** While nobody listened a right may have been withdrawn: no window goes on by what it was allowed before. */
  const recheckAll = async (): Promise<void> => {
    let asked = true;
    for (const socket of [...sockets]) asked = (await recheck(socket)) && asked;
    if (!asked) clock.after(recheckAgainMs, () => void recheckAll());
  };
  const missed = (): void => {
    ChangedTopic.options.forEach(tellAll);
    void recheckAll();
  };

  return {
    listener: {
      opened: (socket) => void sockets.add(socket),
      asked: (socket, request) => {
        if (isVideoRequest(request)) video.relay.asked(socket, request);
      },
      closed: (socket) => {
        sockets.delete(socket);
        video.relay.closed(socket);
      },
    },
    listen: async () => {
      const deafen = await database.listen(changedChannel, tellAll, missed);
      const alive = clock.every(aliveEveryMs, () => {
        for (const sessionId of new Set([...sockets].map((socket) => socket.caller.sessionId))) {
          identity.stillHere(sessionId).catch((error: unknown) => log.debug('a sign of life could not be noted', { error }));
        }
      });
      const offEnded = identity.onEnded(({ sessionId }) => sessionEnded(sessionId));
      const offRights = identity.onRightsChanged(rightsChanged);
      const offGrants = await grants.listen();
      return async () => {
        alive.cancel();
        offEnded();
        offRights();
        await offGrants();
        await deafen();
      };
    },
  };
};
