/** Copies put into this room: where footage lies, how the ledger proves it, which key signs, where packages are kept. */
import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalFact, type Fact } from '../../../formats/fact/index.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { minuteMs } from '../base/units.ts';
import type { Approvals } from '../mechanisms/approvals/index.ts';
import type { Identity } from '../mechanisms/identity/index.ts';
import { proveFacts, walkFacts, type Checkpointer, type Ledger, type LedgerKey, type LedgerQuestions } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import { createCopies, type Copies, type CopiesContext, type HoldsSlot } from '../modules/evidence/index.ts';
import { changedChannel, footageFiles, videoEvents } from '../modules/video/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import { askTimestamp } from '../platform/http/timestamp-authority.ts';
import type { Database } from '../platform/postgres/db.ts';

export interface CopyParts {
  dataFolder: string;
  database: Database;
  ledger: Ledger;
  key: LedgerKey;
  checkpointer: Pick<Checkpointer, 'sign'>;
  questions: Pick<LedgerQuestions, 'standing'>;
  clock: Clock;
  log: Log;
  identity: Pick<Identity, 'gate'>;
  approvals: Approvals;
  notifications: Pick<Notifications, 'notices'>;
  holds: HoldsSlot | null;
  machineClock: CopiesContext['machineClock'];
  /** Address of a time-stamp authority; null: none. */
  timestampUrl: string | null;
}

const recordedKind = 'video.segments_recorded';
if (!videoEvents.some(({ kind }) => kind === recordedKind)) throw new Error(`video tells of no ${recordedKind}`);
/** A clock that was set back a little between recording and ledger finds them all the same. */
const marginMs = 10 * minuteMs;

const segmentsIn = (fact: Fact): string[] => {
  const { segments } = fact.body as { segments?: { segmentId?: unknown }[] };
  return (segments ?? []).flatMap(({ segmentId }) => (typeof segmentId === 'string' ? [segmentId] : []));
};

const prover = ({ database, checkpointer, questions, key }: CopyParts): CopiesContext['prove'] => async (db, siteId, segments) => {
  const wanted = new Set(segments.map(({ segmentId }) => segmentId));
  const factOf = new Map<string, number>();
  const found: Fact[] = [];
  const since = Math.min(...segments.map(({ from }) => from)) - marginMs;
  await walkFacts(db, siteId, { kind: recordedKind, since }, (fact) => {
    const mine = segmentsIn(fact).filter((segmentId) => wanted.has(segmentId) && !factOf.has(segmentId));
    if (mine.length > 0) found.push(fact);
    for (const segmentId of mine) factOf.set(segmentId, fact.seq);
    return factOf.size === wanted.size ? 'enough' : 'more';
  });
  // Signed now, so that the newest of them is under the head too.
  await checkpointer.sign(siteId, 'sensitive');
  const standing = await questions.standing(database.db, siteId);
  return { ...(await proveFacts(db, siteId, found, canonicalFact, key.publicKey)), origin: standing?.origin ?? '', factOf };
};

const above = join(import.meta.dirname, '..', '..', '..');
/** As the build leaves it: beside the programs, or below the sources that run. */
const verifierPages = [join(above, 'verify-page', 'verify.html'), join(above, 'dist', 'verify-page', 'verify.html')];
const verifierPage = (): Promise<Buffer> => readFile(verifierPages.find(existsSync) ?? above);

export const createRoomCopies = (parts: CopyParts): Copies => {
  const { dataFolder, database, ledger, key, clock, log, identity, approvals, notifications, holds, timestampUrl, machineClock } = parts;
  return createCopies({
    database, ledger, clock, log, holds, approvals: () => approvals, notices: () => notifications.notices,
    files: footageFiles, prove: prover(parts), signer: key, signatures: createDiskBlobs(join(dataFolder, 'signatures'), () => newId('tmp', clock)), folder: join(dataFolder, 'exports'),
    verifierPage, machineClock, stamp: timestampUrl === null ? null : askTimestamp(timestampUrl),
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    deny: (caller, what, reason) => identity.gate.deny(caller, what, reason),
  });
};
