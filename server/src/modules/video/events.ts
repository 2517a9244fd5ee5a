/** What can happen to cameras and footage, as facts of the ledger. */
import { z } from 'zod';
import { gapReasonWords } from '../../../../contract/gap-words.ts';
import { declareEvent } from '../../mechanisms/ledger/index.ts';
import { backupEvents } from './backup/events.ts';
import { completenessEvents } from './completeness/events.ts';
import { consoleEvents } from './consoles/events.ts';
import { wallEvents } from './layouts/events.ts';
import { markEvents } from './marks/events.ts';
import { ptzEvents } from './ptz/events.ts';
import { probeSentences } from './probe-sentences.ts';
import { registerEvents } from './register/events.ts';
import { stopEvents } from './stops/events.ts';
import { storageEvents } from './storage/events.ts';
import { changedWords, recorderWords, sourceWords, streamWords, watchEndWords } from './words.ts';

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
  sentence: { zh: '修改摄像机 {number} {name}：{changed}', en: 'Camera {number} {name} changed: {changed}' },
  words: { changed: changedWords },
});
export const cameraRetired = declareEvent({
  kind: 'video.camera_retired', version: 1, personal: ['reason'],
  body: z.object({ ...camera, reason: z.string() }),
  sentence: { zh: '撤除摄像机 {number} {name}：{reason}', en: 'Camera {number} {name} retired: {reason}' },
});
/** A step of the program at its start, once after the update that brought it. */
export const addressesSealed = declareEvent({
  kind: 'video.addresses_sealed', version: 1, sensitive: true, personal: [],
  body: z.object({ count: z.int(), withPassword: z.int(), cameras: z.array(z.object({ cameraId: z.string(), address: z.string() })) }),
  sentence: { zh: '{count} 台摄像机的地址改为加密保存，其中 {withPassword} 台的地址含有密码', en: 'The addresses of {count} cameras were sealed; {withPassword} of them held a password' },
});
export const cameraTested = declareEvent({
  kind: 'video.camera_tested', version: 1, personal: [],
  body: z.object({ address: z.string(), outcome: z.string(), pictureShown: z.boolean() }),
  sentence: { zh: '测试摄像机地址 {address}：{outcome}', en: 'Camera address {address} tested: {outcome}' }, words: { outcome: probeSentences },
});
export const segmentsRecorded = declareEvent({
  kind: 'video.segments_recorded', version: 1, personal: [],
  body: z.object({
    recorderId: z.string(), count: z.int(),
    segments: z.array(z.object({ segmentId: z.string(), cameraId: z.string(), from: instant, until: instant, sizeBytes: z.int(), sha256: z.string(), recovered: z.boolean() })),
  }),
  sentence: { zh: '录像入账 {count} 段', en: '{count} segments of footage entered' },
});
/** What people call the camera at that time: "07 行包房". */
const theCamera = { cameraId: z.string(), camera: z.string() };
const gap = { gapId: z.string(), ...theCamera, from: instant, reason: z.string() };
export const gapOpened = declareEvent({
  kind: 'video.gap_opened', version: 1, personal: [], body: z.object(gap),
  sentence: { zh: '{camera} 录像中断：{reason}', en: '{camera}: recording interrupted, {reason}' }, words: { reason: gapReasonWords },
});
export const gapAlarmed = declareEvent({
  kind: 'video.gap_alarmed', version: 1, personal: [], body: z.object(gap),
  sentence: { zh: '报警：{camera} 录像中断，{reason}', en: 'Alarm: {camera} is not recorded, {reason}' }, words: { reason: gapReasonWords },
});
export const gapClosed = declareEvent({
  kind: 'video.gap_closed', version: 1, personal: [], body: z.object({ ...gap, until: instant }),
  sentence: { zh: '{camera} 录像恢复，中断原因：{reason}', en: '{camera}: recording resumed after {reason}' }, words: { reason: gapReasonWords },
});
/** The detail is a whole sentence; the code is kept for whoever counts. */
export const recorderNoted = declareEvent({
  kind: 'video.recorder_noted', version: 2, personal: [],
  body: z.object({ recorderId: z.string(), what: z.string(), detail: z.object({ zh: z.string(), en: z.string() }) }),
  sentence: { zh: '{detail.zh}', en: '{detail.en}' }, words: { what: recorderWords },
});
/** Not written any more: only so that older facts can be told. */
const recorderNotedBefore = declareEvent({
  kind: 'video.recorder_noted', version: 1, personal: [],
  body: z.object({ recorderId: z.string(), what: z.string(), detail: z.string() }),
  sentence: { zh: '录像服务：{what}', en: 'Recorder: {what}' }, words: { what: recorderWords },
});
export const segmentAbandoned = declareEvent({
  kind: 'video.segment_abandoned', version: 1, personal: [],
  body: z.object({ segmentId: z.string(), ...theCamera, from: instant, detail: z.string() }),
  sentence: { zh: '{camera} 一段录像未能可靠写入磁盘，已放弃', en: 'A segment of {camera} could not be trusted to disk and was given up' },
});
export const deletionOutcome = declareEvent({
  kind: 'video.deletion_outcome', version: 1, personal: [],
  body: z.object({ deleted: z.array(z.string()), missing: z.array(z.string()), failed: z.array(z.object({ segmentId: z.string(), detail: z.string() })), count: z.int() }),
  sentence: { zh: '录像删除结果 {count} 段', en: 'Outcome of the deletion of {count} segments' },
});
/** Absent: main; facts from before there was a choice, and the end that a crash left open. */
const watchedStream = z.enum(['main', 'sub']).optional();
export const watchBegan = declareEvent({
  kind: 'video.watch_began', version: 1, personal: [],
  body: z.object({ watchedId: z.string(), ...theCamera, stream: watchedStream, from: instant }),
  sentence: { zh: '开始观看 {camera} 实时画面', en: 'Began to watch {camera} live' }, words: { stream: streamWords },
});
export const watchEnded = declareEvent({
  kind: 'video.watch_ended', version: 1, personal: [],
  body: z.object({ watchedId: z.string(), ...theCamera, stream: watchedStream, from: instant, until: instant, how: z.string() }),
  sentence: { zh: '结束观看 {camera} 实时画面（{how}）', en: 'Ended watching {camera} live ({how})' }, words: { how: watchEndWords, stream: streamWords },
});
const delay = { ...theCamera, since: instant, delayMs: z.int() };
export const pictureBehind = declareEvent({
  kind: 'video.picture_behind', version: 1, personal: [], body: z.object(delay), sentence: { zh: '{camera} 实时画面滞后 {delayMs} 毫秒', en: 'Live picture of {camera} is {delayMs} ms behind' },
});
export const pictureInTime = declareEvent({
  kind: 'video.picture_in_time', version: 1, personal: [], body: z.object(delay), sentence: { zh: '{camera} 实时画面恢复，滞后共 {delayMs} 毫秒', en: 'Live picture of {camera} is in time again after {delayMs} ms' },
});
/** Under what: by role, or by the number of a request. */
const basis = z.object({ zh: z.string(), en: z.string() });
const granted = { grantId: z.string().nullable(), basis };
export const playbackOpened = declareEvent({
  kind: 'video.playback_opened', version: 2, personal: [],
  body: z.object({ playbackId: z.string(), ...theCamera, from: instant, until: instant, ...granted }),
  sentence: { zh: '打开 {camera} 录像回放（{basis.zh}）', en: 'Opened footage of {camera} for playback ({basis.en})' },
});
export const footageWatched = declareEvent({
  kind: 'video.footage_watched', version: 2, personal: [],
  body: z.object({ playbackId: z.string(), ...theCamera, intervals: z.array(z.object({ from: instant, until: instant })), count: z.int(), ...granted }),
  sentence: { zh: '回放观看 {camera} {count} 段时间（{basis.zh}）', en: 'Watched {count} intervals of footage of {camera} ({basis.en})' },
});
/** Not written any more: only so that older facts can be told. */
const playbackOpenedBefore = declareEvent({
  kind: 'video.playback_opened', version: 1, personal: [],
  body: z.object({ playbackId: z.string(), ...theCamera, from: instant, until: instant }),
  sentence: { zh: '打开 {camera} 录像回放', en: 'Opened footage of {camera} for playback' },
});
const footageWatchedBefore = declareEvent({
  kind: 'video.footage_watched', version: 1, personal: [],
  body: z.object({ playbackId: z.string(), ...theCamera, intervals: z.array(z.object({ from: instant, until: instant })), count: z.int() }),
  sentence: { zh: '回放观看 {camera} {count} 段时间', en: 'Watched {count} intervals of footage of {camera}' },
});
const snapshot = { snapshotId: z.string(), ...theCamera, frameAt: instant, source: z.string(), sha256: z.string(), sizeBytes: z.int(), note: z.string() };
const snapshotSentence = { zh: '抓拍 {camera}（{source}）{note}', en: 'Snapshot of {camera} ({source}) {note}' };
export const snapshotTaken = declareEvent({
  kind: 'video.snapshot_taken', version: 2, personal: ['note'], body: z.object({ ...snapshot, clipFrom: instant, clipUntil: instant }), sentence: snapshotSentence, words: { source: sourceWords },
});
/** Not written any more: only so that older facts can be told. */
const snapshotTakenBefore = declareEvent({ kind: 'video.snapshot_taken', version: 1, personal: ['note'], body: z.object(snapshot), sentence: snapshotSentence, words: { source: sourceWords } });
export const snapshotSeen = declareEvent({
  kind: 'video.snapshot_seen', version: 1, personal: [],
  body: z.object({ snapshotId: z.string(), ...theCamera }),
  sentence: { zh: '查看 {camera} 的抓拍', en: 'Looked at a snapshot of {camera}' },
});
export const footageChecked = declareEvent({
  kind: 'video.footage_checked', version: 1, sensitive: true, personal: [],
  body: z.object({ files: z.int(), sizeBytes: z.int(), hashes: z.boolean(), found: z.int(), findings: z.array(z.object({ kind: z.string(), path: z.string() })) }),
  sentence: { zh: '核对录像 {files} 个文件，发现 {found} 处问题', en: 'Footage checked: {files} files, {found} findings' },
});

export const events = [
  cameraAdded, cameraChanged, cameraRetired, addressesSealed, cameraTested, segmentsRecorded, gapOpened, gapAlarmed, gapClosed, recorderNoted, recorderNotedBefore, segmentAbandoned,
  deletionOutcome, watchBegan, watchEnded, pictureBehind, pictureInTime, playbackOpened, playbackOpenedBefore, footageWatched, footageWatchedBefore, snapshotTaken, snapshotTakenBefore, snapshotSeen, footageChecked, ...storageEvents, ...stopEvents, ...backupEvents, ...completenessEvents, ...registerEvents, ...wallEvents, ...consoleEvents, ...ptzEvents, ...markEvents,
];
