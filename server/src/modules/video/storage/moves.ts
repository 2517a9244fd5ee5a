/**
 * A storage that is being emptied: its footage goes to the others, oldest first, copied and compared by the recorder. The row changes its
 * storage when the copy is known to be whole, in the transaction that says so; only then is the old file ordered away.
 */
import { sql } from 'kysely';
import type { JournalEntryOf, RecorderStatus } from '../../../../../contract/recorder.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { VideoContext } from '../context.ts';
import { theRecorder } from '../store.ts';
import { forgetStuck, leftoversToOrder, lockStorages, markMovesOrdered, movesToOrder, movesUnderWay, planMoves, toMove, type Move } from './store.ts';

/** On their way at a time: a page of the journal, and little to do again after a stop. */
const mostUnderWay = 200;
const askAgainMs = 10 * minuteMs;

/** The emptiest that takes new footage and has room; what was given out in this round counts. */
export const targetOf = (storages: readonly { storageId: string; freeBytes: number }[], given: ReadonlyMap<string, number>, sizeBytes: number, freeBytesWarn: number): string | null => {
  const room = storages.map(({ storageId, freeBytes }) => ({ storageId, left: freeBytes - (given.get(storageId) ?? 0) - freeBytesWarn })).filter(({ left }) => left > sizeBytes);
  return room.sort((a, b) => b.left - a.left)[0]?.storageId ?? null;
};

const plan = (context: VideoContext, status: RecorderStatus): Promise<void> =>
  context.database.transaction(async (tx) => {
    const recorder = await theRecorder(tx);
    if (recorder === null) return;
    const entries = await lockStorages(tx, recorder.siteId);
    const usable = new Map(status.storages.filter((one) => one.usable).map((one) => [one.storageId, one]));
    const open = entries.flatMap(({ storageId, state }) => (state === 'in_use' ? (usable.get(storageId) ?? []) : []));
    await forgetStuck(tx);
    let room = mostUnderWay - (await movesUnderWay(tx));
    const given = new Map<string, number>();
    for (const { storageId } of entries.filter(({ state, storageId: id }) => state === 'emptying' && usable.has(id))) {
      const moves: Move[] = [];
      for (const segment of room > 0 ? await toMove(tx, storageId, room) : []) {
        const target = targetOf(open, given, segment.sizeBytes, context.parameters.freeBytesWarn);
        if (target === null) break;
        given.set(target, (given.get(target) ?? 0) + segment.sizeBytes);
        moves.push({ ...segment, storageId: target });
      }
      await planMoves(tx, moves, context.clock.now());
      room -= moves.length;
    }
  });

/** Plans what can go, has it copied, and has old files deleted whose copies are rows. */
export const moveFootage = async (context: VideoContext, status: RecorderStatus | null): Promise<void> => {
  if (status === null) return;
  await plan(context, status);
  const { database, recorder, clock } = context;
  const now = clock.now();
  const copies = await movesToOrder(database.db, now - askAgainMs, mostUnderWay);
  if (copies.length > 0) await recorder.move({ segments: copies });
  const leftovers = await leftoversToOrder(database.db, now - askAgainMs, mostUnderWay);
  if (leftovers.length > 0) await recorder.remove({ segments: leftovers });
  if (copies.length + leftovers.length === 0) return;
  await database.transaction((tx) => markMovesOrdered(tx, [...copies, ...leftovers].map((one) => one.segmentId), now));
};

export interface MovedBody {
  count: number; sizeBytes: number; moved: { segmentId: string; cameraId: string; from: string; to: string }[]; failed: { segmentId: string; outcome: string; detail: string }[];
}

/** In the transaction that takes the journal over: the row follows its copy, held footage like any other. */
export const takeMoved = async (tx: Tx, entries: readonly JournalEntryOf<'segment_moved'>[]): Promise<MovedBody> => {
  const body: MovedBody = { count: 0, sizeBytes: 0, moved: [], failed: [] };
  for (const { segmentId, fromStorageId, storageId, outcome, detail } of entries) {
    if (outcome !== 'moved') {
      await sql`update video.moves set state = 'stuck', outcome = ${outcome}, detail = ${detail} where segment_id = ${segmentId} and state = 'planned'`.execute(tx);
      body.failed.push({ segmentId, outcome, detail });
      continue;
    }
    const { rows } = await sql<{ cameraId: string; sizeBytes: number }>`
      update video.segments set storage_id = ${storageId} where segment_id = ${segmentId} and storage_id = ${fromStorageId} returning camera_id as "cameraId", size_bytes as "sizeBytes"`.execute(tx);
    const [row] = rows;
    // Without its row (deleted meanwhile, or emptying was stopped) the copy is the file too many; a row elsewhere keeps its own file.
    const leftover = row === undefined ? storageId : fromStorageId;
    await sql`update video.moves set state = 'leftover', leftover_storage_id = ${leftover}, ordered_at = null, outcome = null, detail = '' where segment_id = ${segmentId} and state <> 'leftover'`.execute(tx);
    if (row === undefined) continue;
    body.count += 1;
    body.sizeBytes += row.sizeBytes;
    body.moved.push({ segmentId, cameraId: row.cameraId, from: fromStorageId, to: storageId });
  }
  return body;
};

/** The file too many is gone. */
export const settleLeftover = async (tx: Tx, { segmentId, storageId, outcome }: JournalEntryOf<'segment_deleted'>): Promise<void> => {
  if (outcome === 'failed') return; // ordered again
  await sql`delete from video.moves where segment_id = ${segmentId} and leftover_storage_id = ${storageId}`.execute(tx);
};
