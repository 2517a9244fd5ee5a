/** One copy is made: begun in a transaction with its fact, written behind it, ended with another. Whatever happens it has an end. */
import { createHash, randomBytes } from 'node:crypto';
import { BundleError } from '../../../../../formats/evidence-bundle/index.ts';
import type { BundleFile } from '../../../../../formats/evidence-bundle/node.ts';
import { passphraseFrom } from '../../../../../formats/zip/node-aes.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { requireRequest } from '../commands/look.ts';
import { copyFailed } from '../notices.ts';
import { findRequest, insertStep, lockRequest, saveState } from '../store.ts';
import { assemble, footageFor } from './assemble.ts';
import type { CopiesContext, FootageOfCamera } from './context.ts';
import { fileNameOf, mayMake, nextCopy, stateOf, type Agreement, type Package } from './copy.ts';
import { findPackage, insertEnd, insertLink, insertPackage, nextPackageCount, packagesOf, unended } from './copy-store.ts';
import { copyEvents as events } from './events.ts';
import { dropPackage, pathOf, roomFor, roughBytes, writePackage, type Progress } from './package-file.ts';
import { copyRefusals as refuse } from './refusals.ts';

export const aboutOf = (one: Pick<Package, 'packageId' | 'number' | 'requestId'>, request: string) => ({ packageId: one.packageId, number: one.number, requestId: one.requestId, request });

export const agreementOf = async (db: Db, approvalId: string): Promise<Agreement> => {
  const approval = await approvalsNow.get(db, approvalId);
  const name = approval?.state.name;
  return {
    state: name === 'approved' || name === 'in_use' ? 'held' : name === 'closed' ? 'finished' : 'gone',
    agreed: (approval?.signatures ?? []).filter(({ decision }) => decision === 'approve').flatMap(({ personId, onBehalfOf }) => [personId, ...(onBehalfOf === null ? [] : [onBehalfOf])]),
  };
};

const randomForPassphrase = 25;
/** Within it the footage at the end of a span may lie in the minute that is being written. */
const openMinuteMs = 2 * minuteMs;
/** Frames of one run are a few hundred ms apart. */
const seamMs = secondMs;
const reachesEnd = ({ files, gaps }: FootageOfCamera, until: Instant): boolean => Math.max(0, ...files.map((file) => file.until), ...gaps.map((gap) => gap.until)) >= until - seamMs;


export const beginCopy = async (context: CopiesContext, tx: Tx, caller: Caller, requestId: string, form: { encrypted: boolean; witness: string }, takenBytes: () => number): Promise<{ packageId: string; number: string; passphrase: string | null; mostBytes: number }> => {
  const one = await requireRequest(tx, caller.roomId, requestId);
  const packages = await packagesOf(tx, requestId);
  const now = context.clock.now();
  const refusal = mayMake(one, packages, caller.personId, now, await agreementOf(tx, one.approvalId));
  if (refusal !== null) throw refusal;
  if (packages.some((pack) => stateOf(pack) === 'making')) throw refuse('under_way', { number: one.number });
  const footage = await footageFor(context, tx, one);
  if (footage.every(({ files }) => files.length === 0)) throw refuse('nothing_there');
  if (now - one.until < openMinuteMs && footage.some((camera) => !reachesEnd(camera, one.until))) throw refuse('still_open');
  const mostBytes = roughBytes(footage);
  await roomFor(context, mostBytes, takenBytes());
  const approval = await approvalsNow.get(tx, one.approvalId);
  if (approval?.state.name === 'approved') await context.approvals().use(tx, caller, one.approvalId);
  const timeZone = (await people.place(tx))?.site.timeZone ?? 'UTC';
  const year = Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(now));
  const count = await nextPackageCount(tx, one.roomId, year);
  const { siteId, roomId, approvalId } = one;
  const pack = {
    packageId: newId('epk', context.clock), siteId, roomId, requestId, approvalId, number: `EV-${year}-${String(count).padStart(6, '0')}`, copy: nextCopy(packages), encrypted: form.encrypted, operatorId: caller.personId, witness: form.witness, begunAt: now,
  };
  await insertPackage(tx, pack, { year, count });
  await context.ledger.append(tx, {
    event: events.begun, siteId, roomId, actor: actorOf(caller), subject: pack.packageId, at: now, clauses: one.clauses,
    body: { ...aboutOf(pack, one.number), copy: pack.copy, name: caller.name, witness: form.witness, sealed: form.encrypted ? 'encrypted' : 'plain', cameras: [...one.cameras], from: one.from, until: one.until },
  });
  await context.tellScreens(tx, 'evidence.requests');
  // Shown once and kept nowhere.
  return { packageId: pack.packageId, number: pack.number, passphrase: form.encrypted ? passphraseFrom(randomBytes(randomForPassphrase)) : null, mostBytes };
};

const none = { sha256: null, fileSha256: null, sizeBytes: null, fingerprint: null, verifierSha256: null };

/** False when its end was written meanwhile. An approval that was revoked while it was written takes it along. */
const saveMade = async (context: CopiesContext, tx: Tx, pack: Package, written: BundleFile, segments: number): Promise<boolean> => {
  const { summary, fileSha256, fileBytes: sizeBytes } = written;
  const now = context.clock.now();
  const { sha256, fingerprint, verifierSha256 } = summary;
  if (!(await insertEnd(tx, pack.packageId, { made: true, endedAt: now, sha256, fileSha256, sizeBytes, fingerprint, verifierSha256, failure: null }))) return false;
  const one = await lockRequest(tx, pack.requestId);
  if (one === null) throw new Error(`copy of the unknown request ${pack.requestId}`);
  if ((await agreementOf(tx, pack.approvalId)).state === 'gone') throw refuse('revoked', { number: one.number });
  const names = await people.personNames(tx, [pack.operatorId]);
  await insertLink(tx, pack.packageId, { act: 'made', at: pack.begunAt, enteredAt: now, by: pack.operatorId, second: pack.witness, secondId: null, from: '', to: names.get(pack.operatorId) ?? '', medium: '', note: '', signatureSha256: null });
  if (one.state === 'ready') await saveState(tx, one, { state: 'copied', operatorId: pack.operatorId }, now);
  await insertStep(tx, { requestId: one.requestId, act: 'copied', state: one.state === 'ready' ? 'copied' : one.state, at: now, by: pack.operatorId, note: pack.number });
  const { siteId, roomId } = pack;
  await context.ledger.append(tx, { event: events.made, siteId, roomId, actor: serverActor, subject: pack.packageId, at: now, clauses: one.clauses, body: { ...aboutOf(pack, one.number), copy: pack.copy, sha256, fileSha256, sizeBytes, fingerprint, verifierSha256, segments } });
  await context.tellScreens(tx, 'evidence.requests');
  return true;
};

interface Failure extends Sentence {
  code: string;
  place: string;
}
const faultWords: Readonly<Record<BundleError['fault'], Sentence>> = {
  segment_unreadable: { zh: '录像文件读不出来', en: 'a footage file cannot be read' },
  segment_altered: { zh: '录像文件与入账时的校验值不符，可能被改动', en: 'a footage file no longer matches the hash in the ledger: it may have been altered' },
  fact_missing: { zh: '账本中没有这段录像的记录', en: 'the ledger has no fact of this footage' },
  fact_differs: { zh: '账本记录与录像登记不一致', en: 'the fact in the ledger differs from the index of footage' },
  name: { zh: '文件名不能用', en: 'a file name cannot be used' },
  nothing_to_export: { zh: '没有可以导出的录像', en: 'there is nothing to export' },
};
const failureOf = (error: unknown): Failure => {
  if (error instanceof BundleError) return { code: error.fault, place: error.place, zh: `${faultWords[error.fault].zh}（${error.place}）`, en: `${faultWords[error.fault].en} (${error.place})` };
  if (error instanceof Refusal) return { code: error.code, place: '', zh: error.sentence.zh, en: error.sentence.en };
  return { code: 'broken', place: '', zh: '系统内部出错，已记入运行日志', en: 'something broke inside Vigil and was logged' };
};

const saveFailed = async (context: CopiesContext, tx: Tx, pack: Package, failure: Failure): Promise<void> => {
  const now = context.clock.now();
  const { zh, en, code, place } = failure;
  if (!(await insertEnd(tx, pack.packageId, { made: false, endedAt: now, ...none, failure: { zh, en } }))) return;
  await insertLink(tx, pack.packageId, { act: 'failed', at: now, enteredAt: now, by: 'server', second: '', secondId: null, from: '', to: '', medium: '', note: zh, signatureSha256: null });
  const one = await findRequest(tx, pack.roomId, pack.requestId);
  await context.ledger.append(tx, { event: events.failed, siteId: pack.siteId, roomId: pack.roomId, actor: serverActor, subject: pack.packageId, at: now, body: { ...aboutOf(pack, one?.number ?? ''), code, place } });
  if (one !== null) await context.notices().send(tx, { kind: copyFailed.kind, siteId: pack.siteId, roomId: pack.roomId, subject: pack.packageId, body: { number: one.number, zh: `${pack.number} ${zh}；请重新导出`, en: `${pack.number}: ${en}; make it again` }, at: now });
  await context.tellScreens(tx, 'evidence.requests');
};

const lockOf = (packageId: string): bigint => createHash('sha256').update(`vigil package ${packageId}`).digest().readBigInt64BE(0);

export interface Maker {
  /** Goes on behind, one copy after another: each alone uses the disk and all of the processor. Ends whatever happens. */
  begin(begun: { packageId: string; mostBytes: number; passphrase: string | null }, roomId: string): void;
  progressOf(packageId: string): { doneBytes: number; allBytes: number; ahead: number } | null;
  /** What copies that were begun will still take of the disk. */
  takenBytes(): number;
  /** Packages whose writer died with its server. */
  sweep(): Promise<void>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

export const createMaker = (context: CopiesContext): Maker => {
  const running = new Map<string, Progress & { done: Promise<void> }>();
  const { database, log } = context;

  const write = async (packageId: string, roomId: string, passphrase: string | null, progress: Progress, before: Promise<void>): Promise<void> => {
    const pack = await findPackage(database.db, roomId, packageId);
    const one = pack === null ? null : await findRequest(database.db, roomId, pack.requestId);
    if (pack === null || one === null) throw new Error(`package ${packageId} is unknown`);
    // Held as long as somebody writes it: a sweep elsewhere that gets the lock knows that nobody does.
    const giveBack = await database.tryLock(lockOf(packageId));
    try {
      await before;
      const { input, segments } = await assemble(context, database.db, one, pack);
      const written = await writePackage(context, pack, input, passphrase, progress);
      if (!(await database.transaction((tx) => saveMade(context, tx, pack, written, segments)))) await dropPackage(pathOf(context, pack), log);
    } catch (error) {
      // What is no copy leaves no footage behind.
      await dropPackage(pathOf(context, pack), log);
      const failure = failureOf(error);
      if (failure.code === 'broken') log.error('a copy could not be made', { packageId, error });
      await database.transaction((tx) => saveFailed(context, tx, pack, failure));
    } finally {
      await giveBack?.();
    }
  };

  return {
    begin: ({ packageId, mostBytes, passphrase }, roomId) => {
      const progress = { doneBytes: 0, allBytes: Math.max(1, mostBytes), mostBytes, done: Promise.resolve() };
      const before = Promise.all([...running.values()].map(({ done }) => done)).then(() => undefined);
      running.set(packageId, progress);
      progress.done = write(packageId, roomId, passphrase, progress, before)
        .catch((error: unknown) => log.error('the end of a copy could not be written', { packageId, error }))
        .finally(() => running.delete(packageId));
    },
    progressOf: (packageId) => {
      const one = running.get(packageId);
      return one === undefined ? null : { doneBytes: one.doneBytes, allBytes: one.allBytes, ahead: [...running.keys()].indexOf(packageId) };
    },
    takenBytes: () => [...running.values()].reduce((sum, { mostBytes, doneBytes }) => sum + Math.max(0, mostBytes - doneBytes), 0),
    sweep: async () => {
      for (const pack of await unended(database.db)) {
        if (running.has(pack.packageId)) continue;
        const giveBack = await database.tryLock(lockOf(pack.packageId));
        if (giveBack === null) continue;
        const interrupted = { code: 'interrupted', place: '', zh: `导出被中断（${fileNameOf(pack)}），请重新导出`, en: `interrupted (${fileNameOf(pack)}); make it again` };
        try {
          await database.transaction((tx) => saveFailed(context, tx, pack, interrupted));
        } finally {
          await giveBack();
        }
        await dropPackage(pathOf(context, pack), log);
      }
    },
    idle: async () => {
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
};

