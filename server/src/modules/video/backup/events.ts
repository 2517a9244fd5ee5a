/** What can happen to copies and backups, as facts of the ledger. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';
import { drillWords, runWords, troubleWords } from './words.ts';

const text = z.string();
const thePlace = { placeId: text, folder: text };
const theFootage = { segmentId: text, cameraId: text, camera: text, from: z.int(), until: z.int() };

export const placeAdded = declareEvent({ kind: 'video.copy_place_added', personal: [], body: z.object({ ...thePlace, apart: z.boolean() }), sentence: { zh: '启用备份文件夹 {folder}', en: 'Folder {folder} taken into use for copies' } });
export const placeRetired = declareEvent({ kind: 'video.copy_place_retired', personal: ['reason'], body: z.object({ ...thePlace, reason: text }), sentence: { zh: '停用备份文件夹 {folder}：{reason}', en: 'Folder {folder} for copies taken out of use: {reason}' } });
export const footageCopied = declareEvent({
  kind: 'video.footage_copied', personal: [], body: z.object({ ...thePlace, count: z.int(), sizeBytes: z.int(), segments: z.array(z.object({ segmentId: text, cameraId: text, sha256: text })), lost: z.array(text) }),
  sentence: { zh: '录像备份 {count} 段', en: '{count} segments of footage copied' },
});
export const copiesDeleted = declareEvent({ kind: 'video.copies_deleted', personal: [], body: z.object({ ...thePlace, count: z.int(), segments: z.array(text) }), sentence: { zh: '录像的备份到期删除 {count} 段', en: '{count} copies of footage deleted with their originals' } });
export const copyDamaged = declareEvent({ kind: 'video.copy_damaged', sensitive: true, personal: [], body: z.object({ ...theFootage, folder: text }), sentence: { zh: '{camera} 一段录像的备份核验不符，重新备份', en: 'A copy of footage of {camera} failed verification and is made anew' } });
export const cameraLeftOut = declareEvent({ kind: 'video.copies_left_out', sensitive: true, personal: ['reason'], body: z.object({ cameraId: text, camera: text, reason: text }), sentence: { zh: '{camera} 不备份：{reason}', en: '{camera} is left out of the copies: {reason}' } });
export const cameraTakenIn = declareEvent({ kind: 'video.copies_taken_in', personal: [], body: z.object({ cameraId: text, camera: text }), sentence: { zh: '{camera} 恢复备份', en: '{camera} is copied again' } });
export const backupRan = declareEvent({
  kind: 'video.backup_ran', personal: [], body: z.object({ runId: text, ...thePlace, file: text, sizeBytes: z.int(), sha256: text, outcome: text, tookMs: z.int() }),
  sentence: { zh: '系统数据备份：{outcome}', en: 'Backup of the room: {outcome}' }, words: { outcome: runWords },
});
export const drillDone = declareEvent({
  kind: 'video.restore_drilled', sensitive: true, personal: [], body: z.object({ drillId: text, ...theFootage, expected: text, found: text, plays: z.boolean(), outcome: text, tookMs: z.int() }),
  sentence: { zh: '恢复演练（{camera}）：{outcome}', en: 'Restore drill ({camera}): {outcome}' }, words: { outcome: drillWords },
});
export const footageRestored = declareEvent({ kind: 'video.footage_restored', sensitive: true, personal: [], body: z.object({ ...theFootage, sha256: text, was: text }), sentence: { zh: '从备份恢复 {camera} 一段录像', en: 'A segment of {camera} restored from its copy' } });
export const backupTroubled = declareEvent({ kind: 'video.backup_troubled', sensitive: true, personal: [], body: z.object({ what: text, about: text }), sentence: { zh: '备份异常：{what} {about}', en: 'Backup: {what} {about}' }, words: { what: troubleWords } });
export const backupSound = declareEvent({ kind: 'video.backup_sound', personal: [], body: z.object({ what: text, about: text }), sentence: { zh: '备份异常解除：{what} {about}', en: 'Backup, over: {what} {about}' }, words: { what: troubleWords } });

export const backupEvents = [placeAdded, placeRetired, footageCopied, copiesDeleted, copyDamaged, cameraLeftOut, cameraTakenIn, backupRan, drillDone, footageRestored, backupTroubled, backupSound];
