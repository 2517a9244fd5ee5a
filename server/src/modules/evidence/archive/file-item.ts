/** Files something in the archive: its bytes are copied with their hash first, then it gets its number, its description and its place in the chain, in one transaction. */
import { join } from 'node:path';
import type { FileItem } from '../../../../../contract/evidence-archive.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { hourMs, mebibyte } from '../../../base/units.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { longestHours } from '../limits.ts';
import { fileNameOf, stateOf as packageState } from '../copies/copy.ts';
import { findPackage } from '../copies/copy-store.ts';
import { insertAct, insertItem, itemOfPackage, lockArchive, nextItemCount } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { classNamed, receiptGiven } from './controls.ts';
import { archiveEvents as events } from './events.ts';
import type { Item } from './item.ts';
import { dropFiles, fromBytes, fromDisk, keepFiles, listHash, type Incoming } from './item-files.ts';
import { archiveRefusals as refuse } from './refusals.ts';

/** A file that somebody sends through a form; larger things come as a medium, whose description is the file. */
export const mostReceivedBytes = 10 * mebibyte;

const ofField = (path: string, ...values: Parameters<typeof refuse>): Refusal => refuse(values[0], values[1], { fields: [{ path, ...refuse(values[0], values[1]).sentence }] });

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
export const keepSignature = async (context: Pick<ArchiveContext, 'signatures'>, base64: string): Promise<string | null> => {
  if (base64 === '') return null;
  const bytes = Buffer.from(base64, 'base64');
  if (!bytes.subarray(0, pngHead.length).equals(pngHead)) throw ofField('signature', 'signature_wrong');
  return context.signatures.put(bytes);
};

/** What was found to file: its bytes, and what stands with it. */
interface Found {
  incoming: Incoming[];
  about: Pick<Item, 'packageId' | 'from' | 'until' | 'gaps' | 'giver' | 'giverContact' | 'replyBy'>;
}
const nothing = { packageId: null, from: null, until: null, gaps: [], giver: '', giverContact: '', replyBy: null };
type Of<S extends FileItem['source']> = Extract<FileItem, { source: S }>;

/** Frames of one run are a few hundred ms apart. */
const seamMs = 1_500;

/** What of the span lies in no file, with the reason where the recorder told one. */
const gapsOf = (files: readonly { from: Instant; until: Instant }[], told: readonly { from: Instant; until: Instant; reason: string }[], from: Instant, until: Instant): Item['gaps'] => {
  const gaps: { from: Instant; until: Instant; reason: string }[] = [];
  let reached = from;
  for (const file of [...files].sort((a, b) => a.from - b.from)) {
    if (file.from - reached > seamMs) gaps.push({ from: reached, until: Math.min(file.from, until), reason: '' });
    reached = Math.max(reached, file.until);
  }
  if (until - reached > seamMs) gaps.push({ from: reached, until, reason: '' });
  return gaps.map((gap) => ({ ...gap, reason: told.find((one) => one.from < gap.until && one.until > gap.from)?.reason ?? '' }));
};

const footageOf = async (context: ArchiveContext, caller: Caller, { cameraId, from, until }: Of<'footage'>): Promise<Found> => {
  const now = context.clock.now();
  if (until <= from || until - from > longestHours * hourMs) throw ofField('until', 'span_wrong', { hours: longestHours });
  if (until > now) throw ofField('until', 'span_coming');
  const footage = await context.files(context.database.db, caller.roomId, cameraId, from, until);
  if (footage === null) throw ofField('cameraId', 'camera_unknown');
  if (footage.files.length === 0) throw ofField('until', 'nothing_recorded');
  const incoming = footage.files.map((file, index): Incoming => ({
    file: { number: index + 1, name: `${footage.label} ${new Date(file.from).toISOString().replaceAll(':', '')}.mp4`, cameraId, camera: footage.label, segmentId: file.segmentId, from: file.from, until: file.until },
    sha256: file.sha256, sizeBytes: file.sizeBytes, read: fromDisk(file.path),
  }));
  return { incoming, about: { ...nothing, from, until, gaps: gapsOf(footage.files, footage.gaps, from, until) } };
};

const packageOf = async (context: ArchiveContext, caller: Caller, { packageId }: Of<'package'>): Promise<Found> => {
  const pack = await findPackage(context.database.db, caller.roomId, packageId);
  const end = pack?.end;
  if (pack === null || packageState(pack) !== 'ready' || end?.sizeBytes == null) throw ofField('packageId', 'package_unknown');
  const name = fileNameOf(pack);
  return {
    incoming: [{ file: { number: 1, name, cameraId: null, camera: '', segmentId: null, from: null, until: null }, sha256: end.fileSha256, sizeBytes: end.sizeBytes, read: fromDisk(join(context.packagesFolder, name)) }],
    about: { ...nothing, packageId },
  };
};

const receivedOf = (context: ArchiveContext, { giver, giverContact, replyBy, fileName, bytes: base64 }: Of<'received'>): Found => {
  receiptGiven.refuse(() => (giver === '' ? ofField('giver', 'giver_needed') : null));
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > mostReceivedBytes || fileName === '') throw ofField('bytes', 'file_needed', { mb: mostReceivedBytes / mebibyte });
  if (replyBy !== null && replyBy <= context.clock.now()) throw ofField('replyBy', 'reply_wrong');
  return {
    incoming: [{ file: { number: 1, name: fileName, cameraId: null, camera: '', segmentId: null, from: null, until: null }, sha256: null, sizeBytes: bytes.length, read: fromBytes(bytes) }],
    about: { ...nothing, giver, giverContact, replyBy },
  };
};

const foundFor = async (context: ArchiveContext, caller: Caller, asked: FileItem): Promise<Found> => {
  if (asked.source === 'footage') return footageOf(context, caller, asked);
  return asked.source === 'package' ? packageOf(context, caller, asked) : receivedOf(context, asked);
};

const requireKeep = async (context: ArchiveContext, caller: Caller, keepUntil: Instant | null): Promise<void> => {
  if (keepUntil === null) return;
  const now = context.clock.now();
  if (keepUntil <= now) throw ofField('keepUntil', 'keep_wrong');
  if ((await context.rules(context.database.db, caller, now)).text('archive_retention') === 'permanent') throw ofField('keepUntil', 'keep_permanent');
};

export const fileItem = async (context: ArchiveContext, caller: Caller, asked: FileItem): Promise<{ itemId: string; number: string; sha256: string }> => {
  classNamed.refuse(() => (asked.class === '' ? ofField('class', 'class_needed') : null));
  await requireKeep(context, caller, asked.keepUntil);
  const found = await foundFor(context, caller, asked);
  const signatureSha256 = asked.source === 'received' ? await keepSignature(context, asked.signature) : null;
  const itemId = newId('evi', context.clock);
  const files = await keepFiles(context, itemId, found.incoming);
  try {
    return await context.database.transaction(async (tx) => {
      const { siteId, roomId, personId, name } = caller;
      await lockArchive(tx, roomId);
      const filed = found.about.packageId === null ? null : await itemOfPackage(tx, found.about.packageId);
      if (filed !== null) throw refuse('filed_already', { number: filed });
      const now = context.clock.now();
      const timeZone = (await people.place(tx))?.site.timeZone ?? 'UTC';
      const year = Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(now));
      const count = await nextItemCount(tx, roomId, year);
      const number = `DA-${year}-${String(count).padStart(6, '0')}`;
      const { caseNumber, title, words, place, source, keepUntil } = asked;
      const kind = asked.class === '' ? 'other' : asked.class;
      const sha256 = listHash(files);
      const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
      const one = { itemId, siteId, roomId, number, source, ...found.about, class: kind, caseNumber, title, words, place, keepUntil, sha256, sizeBytes, filedBy: personId, filedAt: now, files };
      await insertItem(tx, one, { year, count });
      await insertAct(tx, itemId, { act: source === 'received' ? 'received' : 'filed', at: now, by: personId, note: one.giver, signatureSha256 });
      const body = {
        itemId, number, name, source, class: kind, caseNumber, title, words, place, giver: one.giver, camera: files[0]?.camera ?? '', from: one.from, until: one.until, keepUntil, sha256, sizeBytes,
        files: files.map(({ number: place_, segmentId, sha256: hash }) => ({ number: place_, segmentId, sha256: hash })), signatureSha256,
      };
      await context.ledger.append(tx, { event: events.filed, siteId, roomId, actor: actorOf(caller), subject: itemId, at: now, body });
      return { itemId, number, sha256 };
    });
  } catch (error) {
    await dropFiles(context, itemId);
    throw error;
  }
};
