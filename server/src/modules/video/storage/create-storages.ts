/** Puts storages together: acts and views of people, and the jobs that make room, move, verify and foresee. */
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import * as contract from '../../../../../contract/storage.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { guarded, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { VideoContext } from '../context.ts';
import type { Holds } from '../retention.ts';
import type { StorageOutlook } from './measured-outlook.ts';
import { addStorage, checkFolder, emptyStorage, folderOf, keepStorage, retireStorage, weighStorage } from './commands.ts';
import { makeRoom } from './make-room.ts';
import { moveFootage } from './moves.ts';
import { noteFill } from './outlook.ts';
import { verifyEveryMs, verifyFootage } from './verify.ts';
import { reportView, storageScreenView } from './views.ts';

const roomEveryMs = 10 * secondMs;
const movesEveryMs = 5 * secondMs;
const fillEveryMs = 30 * minuteMs;

export interface StorageParts {
  context: VideoContext;
  status: () => RecorderStatus | null;
  outlook: StorageOutlook;
  holds: Holds;
  push: () => Promise<void>;
}

export const createStorages = ({ context, status, outlook, holds, push }: StorageParts) => {
  const act = async (caller: Caller, work: (tx: Tx, caller: Caller) => Promise<void>): Promise<Record<string, never>> => {
    await context.database.transaction((tx) => work(tx, caller));
    await push();
    return {};
  };
  return {
    routes: [
      guarded(contract.storageReport, 'video.storages.see', async ({ query }, caller) => reportView(context, caller, query.from, query.until)),
      guarded(contract.storageScreen, 'video.storages.see', async (_call, caller) => storageScreenView(context, caller, status(), await outlook.now())),
      guarded(contract.addStorage, 'video.storages.manage', async ({ body }, caller) => {
        const path = folderOf(body.path);
        await checkFolder(path);
        const storageId = await context.database.transaction((tx) => addStorage(context, tx, caller, { path, weight: body.weight }));
        await push();
        return { storageId };
      }),
      guarded(contract.weighStorage, 'video.storages.manage', async ({ params, body }, caller) => act(caller, (tx) => weighStorage(context, tx, caller, params.storageId, body.weight))),
      guarded(contract.emptyStorage, 'video.storages.manage', async ({ params, body }, caller) => act(caller, (tx) => emptyStorage(context, tx, caller, params.storageId, { reason: body.reason, status: status() }))),
      guarded(contract.keepStorage, 'video.storages.manage', async ({ params }, caller) => act(caller, (tx) => keepStorage(context, tx, caller, params.storageId))),
      guarded(contract.retireStorage, 'video.storages.manage', async ({ params, body }, caller) => act(caller, (tx) => retireStorage(context, tx, caller, params.storageId, body.reason))),
    ],
    jobs: [
      { name: 'video.make_room', everyMs: roomEveryMs, run: () => makeRoom(context, holds, status()) },
      { name: 'video.move_footage', everyMs: movesEveryMs, run: () => moveFootage(context, status()) },
      { name: 'video.verify_footage', everyMs: verifyEveryMs, run: () => verifyFootage(context, status()) },
      { name: 'video.storage_fill', everyMs: fillEveryMs, run: () => noteFill(context, status()) },
    ],
  };
};
