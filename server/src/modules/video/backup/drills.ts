/** A restore drill: a copied segment chosen by chance is restored beside everything else, compared with the hash of its recording, and looked into as a player would. */
import { randomInt } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../../../base/ids.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { readIndex } from '../segment-file.ts';
import { drillsCompared } from './controls.ts';
import { copyChecked, hashOfFile, type CopyOutcome } from './copy-file.ts';
import { drillDone } from './events.ts';
import { paceOf } from './copying.ts';
import { refuse } from './refusals.ts';
import { copyAt, copyOf, countCopied, insertDrill, setCopyState, type Copy, type Drill } from './store.ts';

const pick = async (context: VideoContext): Promise<Copy & { folder: string }> => {
  const { db } = context.database;
  const count = await countCopied(db);
  const segmentId = count === 0 ? null : await copyAt(db, randomInt(count));
  const copy = segmentId === null ? null : await copyOf(db, segmentId);
  if (copy === null) throw refuse('nothing_copied');
  return copy;
};

/** From the first fragment to the last, without a hole. */
const playsThrough = async (file: string): Promise<boolean> => {
  const index = await readIndex(file).catch(() => null);
  return index !== null && index.fragments.length > 0 && index.fragments[0]?.key === true;
};

interface Restored {
  outcome: Drill['outcome']; found: string | null; plays: boolean;
}

const outcomes: Readonly<Record<CopyOutcome, Drill['outcome']>> = { copied: 'equal', source_altered: 'differs', source_missing: 'missing' };

const restore = async (context: VideoContext, copy: Copy & { folder: string }): Promise<Restored> => {
  const pace = { clock: context.clock, bytesPerSecond: paceOf(null) };
  const folder = join(dirname(context.footageFolder), 'restore-drill');
  const file = join(folder, `${copy.segmentId}.mp4`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const outcome = outcomes[await copyChecked(join(copy.folder, copy.path), file, copy.sha256, pace)];
    const found = outcome === 'equal' ? copy.sha256 : ((await hashOfFile(join(copy.folder, copy.path), pace))?.sha256 ?? null);
    // What a control lets pass unread is no restore.
    const isCompared = drillsCompared.find(() => [outcome]).length > 0;
    return { outcome: isCompared ? outcome : 'missing', found: isCompared ? found : null, plays: outcome === 'equal' && (await playsThrough(file)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const drill = async (context: VideoContext, caller: Caller): Promise<Drill> => {
  const { clock, database, ledger } = context;
  const begun = clock.monotonic();
  const copy = await pick(context);
  const restored = await restore(context, copy);
  const { segmentId, cameraId, camera, from, until, sizeBytes } = copy;
  const done: Drill = { drillId: newId('rdr', clock), at: clock.now(), personId: caller.personId, segmentId, cameraId, camera, from, until, sizeBytes, tookMs: Math.round(clock.monotonic() - begun), expected: copy.sha256, ...restored };
  await database.transaction(async (tx) => {
    await insertDrill(tx, caller.siteId, done);
    if (done.outcome !== 'equal') await setCopyState(tx, [segmentId], 'damaged');
    const body = { drillId: done.drillId, segmentId, cameraId, camera, from, until, expected: done.expected, found: done.found ?? '', plays: done.plays, outcome: done.outcome, tookMs: done.tookMs };
    await ledger.append(tx, { event: drillDone, siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject: done.drillId, body, at: done.at });
  });
  return done;
};
