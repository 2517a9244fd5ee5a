/** What can happen to storages and to footage in them, as facts of the ledger. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';
import { damageWords, deletionWords, rerouteWords } from './words.ts';

const instant = z.int();
const text = z.string();
const theStorage = { storageId: text, storage: text };
const theCamera = { cameraId: text, camera: text };

export const storageAdded = declareEvent({
  kind: 'video.storage_added', version: 2, personal: [],
  body: z.object({ ...theStorage, recorderId: text, weight: z.int() }),
  sentence: { zh: '启用录像存储 {storage}', en: 'Footage storage {storage} taken into use' },
});
/** Not written any more: only so that older facts can be told. */
const storageAddedBefore = declareEvent({
  kind: 'video.storage_added', version: 1, personal: [],
  body: z.object({ storageId: text, recorderId: text }),
  sentence: { zh: '启用录像存储', en: 'Footage storage taken into use' },
});
export const storageWeighed = declareEvent({
  kind: 'video.storage_weighed', version: 1, personal: [],
  body: z.object({ ...theStorage, before: z.int(), after: z.int() }),
  sentence: { zh: '录像存储 {storage} 的份额由 {before} 改为 {after}', en: 'Share of storage {storage} changed from {before} to {after}' },
});
export const storageEmptying = declareEvent({
  kind: 'video.storage_emptying', version: 1, personal: ['reason'],
  body: z.object({ ...theStorage, count: z.int(), sizeBytes: z.int(), reason: text }),
  sentence: { zh: '开始清空录像存储 {storage}，移出 {count} 段：{reason}', en: 'Storage {storage} is being emptied, {count} segments to move: {reason}' },
});
export const storageKept = declareEvent({
  kind: 'video.storage_kept', version: 1, personal: [],
  body: z.object(theStorage),
  sentence: { zh: '停止清空，录像存储 {storage} 继续使用', en: 'Emptying stopped; storage {storage} stays in use' },
});
export const storageRetired = declareEvent({
  kind: 'video.storage_retired', version: 1, personal: ['reason'],
  body: z.object({ ...theStorage, reason: text }),
  sentence: { zh: '停用录像存储 {storage}：{reason}', en: 'Storage {storage} taken out of use: {reason}' },
});
export const cameraRerouted = declareEvent({
  kind: 'video.camera_rerouted', version: 1, personal: [],
  body: z.object({ ...theCamera, from: text, to: text, why: text }),
  sentence: { zh: '{camera} 改录到 {to}：{why}', en: '{camera} is recorded to {to} now: {why}' }, words: { why: rerouteWords },
});
/** One fact for the outcomes of one page of the recorder's journal. */
export const footageMoved = declareEvent({
  kind: 'video.footage_moved', version: 1, sensitive: true, personal: [],
  body: z.object({ count: z.int(), sizeBytes: z.int(), moved: z.array(z.object({ segmentId: text, cameraId: text, from: text, to: text })), failed: z.array(z.object({ segmentId: text, outcome: text, detail: text })) }),
  sentence: { zh: '录像移到别的存储 {count} 段', en: '{count} segments moved to another storage' },
});
export const deletionDecided = declareEvent({
  kind: 'video.deletion_decided', version: 2, sensitive: true, personal: [],
  body: z.object({ reason: text, count: z.int(), sizeBytes: z.int(), segments: z.array(z.object({ segmentId: text, cameraId: text, from: instant, until: instant, sha256: text })) }),
  sentence: { zh: '决定删除录像 {count} 段（{reason}）', en: 'Deletion of {count} segments decided ({reason})' }, words: { reason: deletionWords },
});
/** Not written any more: only so that older facts can be told. */
const deletionDecidedBefore = declareEvent({
  kind: 'video.deletion_decided', version: 1, sensitive: true, personal: [],
  body: z.object({ reason: text, count: z.int(), sizeBytes: z.int(), segments: z.array(z.object({ segmentId: text, cameraId: text, from: instant, until: instant, sha256: text })) }),
  sentence: { zh: '决定删除到期录像 {count} 段', en: 'Deletion of {count} segments decided' },
});
/** Footage went before its time: each camera with what it lost. */
export const retentionBreached = declareEvent({
  kind: 'video.retention_breached', version: 1, sensitive: true, personal: [],
  body: z.object({ ...theStorage, count: z.int(), sizeBytes: z.int(), cameras: z.array(z.object({ ...theCamera, from: instant, until: instant, keptDays: z.number(), requiredDays: z.int(), cite: text.nullable() })) }),
  sentence: { zh: '磁盘写满，未到保存期限的录像被删除 {count} 段（{storage}）', en: 'The disk was full: {count} segments were deleted before the end of their term ({storage})' },
});
/** As the rule of the site wants it: nothing within its term is deleted. */
export const roomRefused = declareEvent({
  kind: 'video.room_refused', version: 1, personal: [],
  body: z.object({ ...theStorage, freeBytes: z.int() }),
  sentence: { zh: '磁盘写满，按规定不删期限内的录像，录像将停止（{storage}）', en: 'The disk is full and by the rule in force nothing within its term is deleted: recording will stop ({storage})' },
});
export const storageShort = declareEvent({
  kind: 'video.storage_short', version: 1, personal: [],
  body: z.object({ days: z.number(), requiredDays: z.int(), inDays: z.number().nullable(), cite: text.nullable() }),
  sentence: { zh: '存储预计只能保存 {days} 天，应为 {requiredDays} 天', en: 'The storages are foreseen to hold {days} days of footage instead of {requiredDays}' },
});
export const storageEnough = declareEvent({
  kind: 'video.storage_enough', version: 1, personal: [],
  body: z.object({ days: z.number(), requiredDays: z.int() }),
  sentence: { zh: '存储预计足够保存 {requiredDays} 天', en: 'The storages are foreseen to hold {requiredDays} days again' },
});
export const footageDamaged = declareEvent({
  kind: 'video.footage_damaged', version: 1, sensitive: true, personal: [],
  body: z.object({ segmentId: text, ...theCamera, from: instant, until: instant, what: text, storage: text }),
  sentence: { zh: '{camera} 一段录像核验不符：{what}', en: 'A segment of {camera} failed verification: {what}' }, words: { what: damageWords },
});
export const footageVerified = declareEvent({
  kind: 'video.footage_verified', version: 1, personal: [],
  body: z.object({ cycle: z.int(), beganAt: instant, files: z.int(), sizeBytes: z.int(), found: z.int() }),
  sentence: { zh: '全部录像核验完成：{files} 个文件，发现 {found} 处问题', en: 'All footage verified: {files} files, {found} findings' },
});

export const storageEvents = [
  storageAdded, storageAddedBefore, storageWeighed, storageEmptying, storageKept, storageRetired, cameraRerouted, footageMoved, deletionDecided, deletionDecidedBefore, retentionBreached, roomRefused, storageShort, storageEnough,
  footageDamaged, footageVerified,
];
