/** A room with ten seconds of a camera on disk, whose people ask for copies, have them approved and made. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import * as contract from '../../../../../../contract/evidence-copies.ts';
import type { JournalEntryOf } from '../../../../../../contract/recorder.ts';
import { madeUpFootage, segmentBytes } from '../../../../../../formats/evidence-bundle/testing/sample.ts';
import { newId } from '../../../../base/ids.ts';
import { hourMs } from '../../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../../testing/footage-room.ts';

const footageMs = 10_000;

export interface CopyRoom extends FootageRoom {
  camera: string;
  span: { from: number; until: number };
  /** The camera's footage. */
  file: string;
  /** The same span of another camera; answers where it lies. */
  recordFile(cameraId: string): Promise<string>;
  /** A request for a copy that the leader agreed to. */
  approvedCopy(more?: object): Promise<{ requestId: string; number: string; approvalId: string }>;
  make(requestId: string): ReturnType<FootageRoom['ask']>;
  copiesOf(requestId: string): Promise<contract.PackageRow[]>;
  /** Begun and waited for. */
  madeCopy(requestId: string): Promise<contract.PackageRow>;
}

export const openCopyRoom = async (options: Parameters<typeof openFootageRoom>[0] = {}): Promise<CopyRoom> => {
  const room = await openFootageRoom(options);
  const from = room.clock.now() - 3 * hourMs;
  const span = { from, until: from + footageMs };
  let seq = 9_000;
  const recordFile: CopyRoom['recordFile'] = async (cameraId) => {
    const { rows } = await sql<{ id: string; path: string }>`select storage_id as id, path from video.storages limit 1`.execute(room.whole.database.db);
    const [storage] = rows;
    if (storage === undefined) throw new Error('no storage');
    seq += 1;
    const segmentId = newId('seg', room.clock);
    const { bytes, until } = segmentBytes(madeUpFootage(7), { segmentId, cameraId, from, fragments: 10 });
    const path = `${cameraId}/x/${segmentId}.mp4`;
    mkdirSync(dirname(join(storage.path, path)), { recursive: true });
    writeFileSync(join(storage.path, path), bytes);
    const entry: JournalEntryOf<'segment_closed'> = {
      kind: 'segment_closed', seq, at: room.clock.now(), segmentId, cameraId, storageId: storage.id, path, from, until, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
      frames: 50, keyFrames: 5, codec: 'avc1.640028', width: 320, height: 180, runId: newId('run', room.clock), cameraClockOffsetMs: -240, packetsLost: 0, recovered: false,
    };
    await room.whole.room.video.takeOver([entry]);
    return join(storage.path, path);
  };
  const camera = room.cameraIds[1] ?? '';
  const file = await recordFile(camera);
  const make: CopyRoom['make'] = (requestId) => room.ask(staff.operator, contract.makeCopy, { params: { requestId }, body: { encrypted: false, witness: '' } });
  const copiesOf: CopyRoom['copiesOf'] = async (requestId) => (await room.get(staff.operator, contract.copies, { params: { requestId } })).copies;
  return {
    ...room, camera, span, file, recordFile, make, copiesOf,
    approvedCopy: async (more = {}) => {
      const made = await room.askFor({ type: 'copy', cameraIds: [camera], ...span, ...more });
      await room.agree(made.approvalId, staff.leader);
      return made;
    },
    madeCopy: async (requestId) => {
      const begun = await make(requestId);
      if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
      await room.whole.room.copies.idle();
      const copy = (await copiesOf(requestId)).find(({ packageId }) => packageId === begun.body['packageId']);
      if (copy === undefined) throw new Error('the copy is not in the list');
      return copy;
    },
  };
};
