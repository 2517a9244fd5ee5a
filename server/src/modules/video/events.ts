/** What can happen to cameras and footage, as facts of the ledger. */
import { z } from 'zod';
import { declareEvent } from '../../mechanisms/ledger/index.ts';

const instant = z.int();
const camera = { cameraId: z.string(), number: z.int(), name: z.string() };

export const cameraAdded = declareEvent({
  kind: 'video.camera_added', version: 1, personal: [],
  body: z.object({ ...camera, address: z.string() }),
  sentence: { zh: '添加摄像机 {number} {name}', en: 'Camera {number} {name} added' },
});
export const cameraChanged = declareEvent({
  kind: 'video.camera_changed', version: 1, personal: [],
  body: z.object({ ...camera, changed: z.array(z.string()), address: z.string(), retentionDays: z.int() }),
  sentence: { zh: '修改摄像机 {number} {name}:{changed}', en: 'Camera {number} {name} changed: {changed}' },
});
export const cameraRetired = declareEvent({
  kind: 'video.camera_retired', version: 1, personal: ['reason'],
  body: z.object({ ...camera, reason: z.string() }),
  sentence: { zh: '撤除摄像机 {number} {name}:{reason}', en: 'Camera {number} {name} retired: {reason}' },
});
export const cameraTested = declareEvent({
  kind: 'video.camera_tested', version: 1, personal: [],
  body: z.object({ address: z.string(), outcome: z.string(), pictureShown: z.boolean() }),
  sentence: { zh: '测试摄像机地址 {address}:{outcome}', en: 'Camera address {address} tested: {outcome}' },
});
export const segmentsRecorded = declareEvent({
  kind: 'video.segments_recorded', version: 1, personal: [],
  body: z.object({
    recorderId: z.string(), count: z.int(),
    segments: z.array(z.object({ segmentId: z.string(), cameraId: z.string(), from: instant, until: instant, sizeBytes: z.int(), sha256: z.string(), recovered: z.boolean() })),
  }),
  sentence: { zh: '录像入账 {count} 段', en: '{count} segments of footage entered' },
});
const gap = { gapId: z.string(), cameraId: z.string(), from: instant, reason: z.string() };
export const gapOpened = declareEvent({
  kind: 'video.gap_opened', version: 1, personal: [], body: z.object(gap),
  sentence: { zh: '录像中断({reason})', en: 'Recording interrupted ({reason})' },
});
export const gapAlarmed = declareEvent({
  kind: 'video.gap_alarmed', version: 1, personal: [], body: z.object(gap),
  sentence: { zh: '录像中断报警({reason})', en: 'Alarm: recording interrupted ({reason})' },
});
export const gapClosed = declareEvent({
  kind: 'video.gap_closed', version: 1, personal: [], body: z.object({ ...gap, until: instant }),
  sentence: { zh: '录像恢复,中断原因 {reason}', en: 'Recording resumed; it was interrupted by {reason}' },
});
export const recorderNoted = declareEvent({
  kind: 'video.recorder_noted', version: 1, personal: [],
  body: z.object({ recorderId: z.string(), what: z.string(), detail: z.string() }),
  sentence: { zh: '录像服务:{what} {detail}', en: 'Recorder: {what} {detail}' },
});
export const segmentAbandoned = declareEvent({
  kind: 'video.segment_abandoned', version: 1, personal: [],
  body: z.object({ segmentId: z.string(), cameraId: z.string(), from: instant, detail: z.string() }),
  sentence: { zh: '一段录像未能可靠写入磁盘,已放弃', en: 'A segment could not be trusted to disk and was given up' },
});
export const deletionDecided = declareEvent({
  kind: 'video.deletion_decided', version: 1, sensitive: true, personal: [],
  body: z.object({ reason: z.string(), count: z.int(), sizeBytes: z.int(), segments: z.array(z.object({ segmentId: z.string(), cameraId: z.string(), from: instant, until: instant, sha256: z.string() })) }),
  sentence: { zh: '决定删除到期录像 {count} 段', en: 'Deletion of {count} segments decided' },
});
export const deletionOutcome = declareEvent({
  kind: 'video.deletion_outcome', version: 1, personal: [],
  body: z.object({ deleted: z.array(z.string()), missing: z.array(z.string()), failed: z.array(z.object({ segmentId: z.string(), detail: z.string() })), count: z.int() }),
  sentence: { zh: '录像删除结果 {count} 段', en: 'Outcome of the deletion of {count} segments' },
});
export const watchBegan = declareEvent({
  kind: 'video.watch_began', version: 1, personal: [],
  body: z.object({ watchedId: z.string(), cameraId: z.string(), from: instant }),
  sentence: { zh: '开始观看实时画面', en: 'Began to watch live' },
});
export const watchEnded = declareEvent({
  kind: 'video.watch_ended', version: 1, personal: [],
  body: z.object({ watchedId: z.string(), cameraId: z.string(), from: instant, until: instant, how: z.string() }),
  sentence: { zh: '结束观看实时画面({how})', en: 'Ended watching live ({how})' },
});
export const playbackOpened = declareEvent({
  kind: 'video.playback_opened', version: 1, personal: [],
  body: z.object({ playbackId: z.string(), cameraId: z.string(), from: instant, until: instant }),
  sentence: { zh: '打开录像回放', en: 'Opened footage for playback' },
});
export const footageWatched = declareEvent({
  kind: 'video.footage_watched', version: 1, personal: [],
  body: z.object({ playbackId: z.string(), cameraId: z.string(), intervals: z.array(z.object({ from: instant, until: instant })), count: z.int() }),
  sentence: { zh: '回放观看了 {count} 段时间', en: 'Watched {count} intervals of footage' },
});
export const snapshotTaken = declareEvent({
  kind: 'video.snapshot_taken', version: 1, personal: ['note'],
  body: z.object({ snapshotId: z.string(), cameraId: z.string(), frameAt: instant, source: z.string(), sha256: z.string(), sizeBytes: z.int(), note: z.string() }),
  sentence: { zh: '抓拍({source}) {note}', en: 'Snapshot taken ({source}) {note}' },
});
export const snapshotSeen = declareEvent({
  kind: 'video.snapshot_seen', version: 1, personal: [],
  body: z.object({ snapshotId: z.string(), cameraId: z.string() }),
  sentence: { zh: '查看抓拍图片', en: 'Looked at a snapshot' },
});
export const storageAdded = declareEvent({
  kind: 'video.storage_added', version: 1, personal: [],
  body: z.object({ storageId: z.string(), recorderId: z.string() }),
  sentence: { zh: '启用录像存储', en: 'Footage storage taken into use' },
});

export const footageChecked = declareEvent({
  kind: 'video.footage_checked', version: 1, sensitive: true, personal: [],
  body: z.object({ files: z.int(), sizeBytes: z.int(), hashes: z.boolean(), found: z.int(), findings: z.array(z.object({ kind: z.string(), path: z.string() })) }),
  sentence: { zh: '核对录像 {files} 个文件,发现 {found} 处问题', en: 'Footage checked: {files} files, {found} findings' },
});

export const events = [
  cameraAdded, cameraChanged, cameraRetired, cameraTested, segmentsRecorded, gapOpened, gapAlarmed, gapClosed, recorderNoted, segmentAbandoned,
  deletionDecided, deletionOutcome, watchBegan, watchEnded, playbackOpened, footageWatched, snapshotTaken, snapshotSeen, storageAdded, footageChecked,
];
