/** Parameters put into this room: who is asked for agreement, and which cameras the profile may name. */
import type { Clock } from '../base/clock.ts';
import type { Approvals } from '../mechanisms/approvals/index.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { createParameters, type Parameters } from '../mechanisms/parameters/index.ts';
import { videoQuestions } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';

export const createRoomParameters = (parts: { database: Database; ledger: Ledger; clock: Clock; approvals: Pick<Approvals, 'submit'> }): Parameters =>
  createParameters({
    ...parts,
    cameras: async (db, siteId) => {
      const rooms = await people.roomsOf(db, siteId);
      const found = await Promise.all(rooms.map(({ roomId }) => videoQuestions.cameras(db, roomId)));
      return found.flat().map(({ cameraId, camera }) => ({ cameraId, name: camera }));
    },
  });
