/**
 * The demonstration tells the story of a request: as soon as its cameras have recorded a few minutes, a colleague asks to see some of them, so
 * that whoever looks round finds something that waits for the leader. Once in the life of a demonstration, never in another room.
 */
import { minuteMs, secondMs } from '../base/units.ts';
import type { Clock } from '../base/clock.ts';
import { questions as people, type Caller } from '../mechanisms/identity/index.ts';
import { countRequests, type Evidence } from '../modules/evidence/index.ts';
import { videoQuestions } from '../modules/video/index.ts';
import type { Job } from '../platform/jobs/schedule.ts';
import type { Database, Db } from '../platform/postgres/db.ts';

const lookEveryMs = 20 * secondMs;
const spanMs = 3 * minuteMs;
/** The minute that is being written is closed by then. */
const restMs = 70 * secondMs;

export interface StoryParts {
  database: Database;
  clock: Clock;
  evidence: Pick<Evidence, 'submit' | 'footage'>;
}

/** Somebody of the demonstration as they would come by a session of their own. */
const asCaller = async (db: Db, place: { siteId: string; roomId: string }, now: number): Promise<Caller | null> => {
  const [person] = await people.peopleWithRoles(db, place, ['requester'], now);
  if (person === undefined) return null;
  const { personId, name, roles } = person;
  return {
    ...place, personId, name, roles, sessionId: 'demonstration', staffNumber: '', account: '', language: 'zh-CN', post: null, signedInAt: now, stepUpAt: null, restriction: null, can: () => true, canAll: () => ({}),
  };
};

export const demonstrationRequest = ({ database, clock, evidence }: StoryParts): Job => {
  let told = false;
  const look = async (): Promise<void> => {
    if (told) return;
    const { db } = database;
    const where = await people.place(db);
    if (where === null) return;
    const place = { siteId: where.site.siteId, roomId: where.room.roomId };
    told = !where.demonstration || (await countRequests(db, { roomId: place.roomId })) > 0;
    if (told) return;
    const now = clock.now();
    const until = now - restMs;
    const span = { from: until - spanMs, until };
    const camera = (await videoQuestions.cameras(db, place.roomId))[2];
    const caller = await asCaller(db, place, now);
    if (camera === undefined || caller === null) return;
    const footage = await evidence.footage(db, place, camera.cameraId, span.from, span.until, now);
    if (footage?.state !== 'whole') return;
    const [leader] = await people.peopleWithRoles(db, place, ['leader'], now);
    await database.transaction((tx) =>
      evidence.submit(tx, caller, {
        ...span, type: 'view', cameraIds: [camera.cameraId], place: '候车厅三号检票口', reasonClass: 'own_loss', reason: '旅客反映背包遗失在三号检票口，请查看何时被何人拿走。', department: '客运服务部', unit: where.site.name, position: '值班站长', phone: '8612',
        leaderId: leader?.personId ?? null, viewerGroup: 'colleague', viewer: '', viewerPaper: '', paperNumber: '', follows: null, purpose: '', receiver: '', copies: 1, returnBy: null,
      }),
    );
    told = true;
  };
  return { name: 'room.demonstration_request', everyMs: lookEveryMs, run: look };
};
