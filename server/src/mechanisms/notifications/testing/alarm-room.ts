/** A whole room on a clock that the test moves, with what tests of alarms need: camera losses as the recorder tells them, deadlines swept. */
import { sql } from 'kysely';
import * as contract from '../../../../../contract/notifications.ts';
import { listCameras } from '../../../../../contract/video.ts';
import type { Role } from '../../../../../contract/identity.ts';
import { parseFact, type Fact } from '../../../../../formats/fact/index.ts';
import { newId } from '../../../base/ids.ts';
import { ManualClock } from '../../../base/manual-clock.ts';
import { openWholeRoom, type WholeRoom, type WholeRoomOptions } from '../../../app/testing/whole-room.ts';
import { placeOf } from '../../../app/room-notifications.ts';

export const testStart = Date.parse('2026-11-22T18:00:00Z');

export interface AlarmRoom extends WholeRoom {
  clock: ManualClock;
  place: { siteId: string; roomId: string };
  cameraIds: readonly string[];
  /** The recorder says that a camera is not recorded (at once with its alarm), and that it is again. */
  lose(cameraId: string): Promise<string>;
  regain(cameraId: string, gapId: string): Promise<void>;
  /** Moves the clock and sweeps the deadlines. */
  pass(ms: number): Promise<void>;
  sweep(): Promise<void>;
  facts(kind?: string): Promise<Fact[]>;
  openAlarms(cookie: string): Promise<contract.AlarmView[]>;
  personId(role: Role): Promise<string>;
}

export const openAlarmRoom = async (options: Omit<WholeRoomOptions, 'clock'> = {}): Promise<AlarmRoom> => {
  const clock = new ManualClock(testStart);
  const house = await openWholeRoom({ ...options, clock });
  const { database, room } = house;
  const place = await placeOf(database.db);
  if (place === null) throw new Error('the room has no place');
  const cookie = await house.signIn('video_custodian');
  const { cameras } = await house.get(cookie, listCameras);
  let seq = 0;
  const begun = new Map<string, number>();
  const tell = async (entry: object): Promise<void> => {
    seq += 1;
    await room.video.takeOver([{ ...entry, seq, at: clock.now() } as never]); // an entry as the recorder's journal holds it
  };
  const sweep = (): Promise<void> => house.runJob('notifications.deadlines');
  return {
    ...house, clock, place, sweep, cameraIds: cameras.map(({ cameraId }) => cameraId),
    lose: async (cameraId) => {
      const gapId = newId('gap', clock);
      const gap = { gapId, cameraId, from: clock.now(), reason: 'camera_unreachable', detail: '' };
      begun.set(gapId, gap.from);
      await tell({ kind: 'gap_opened', ...gap });
      await tell({ kind: 'gap_alarm', ...gap });
      return gapId;
    },
    regain: (cameraId, gapId) => tell({ kind: 'gap_closed', gapId, cameraId, from: begun.get(gapId) ?? clock.now(), until: clock.now(), reason: 'camera_unreachable', detail: '' }),
    pass: async (ms) => {
      clock.step(ms);
      await sweep();
    },
    facts: async (kind) => {
      const { rows } = await sql<{ canonical: Buffer }>`select canonical from ledger.facts order by site_id, seq`.execute(database.db);
      return rows.map((row) => parseFact(row.canonical.toString('utf8'))).filter((fact) => kind === undefined || fact.kind === kind);
    },
    openAlarms: async (asking) => (await house.get(asking, contract.listAlarms)).alarms,
    personId: async (role) => {
      const { rows } = await sql<{ person_id: string }>`select person_id from identity.role_grants where role = ${role} order by grant_id limit 1`.execute(database.db);
      const [row] = rows;
      if (row === undefined) throw new Error(`nobody is ${role}`);
      return row.person_id;
    },
  };
};
