/** What can happen to stops, as facts of the ledger. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';
import { differWords, endingWords, scopeWords } from './words.ts';

const text = z.string();
const theStop = { stopId: text, approvalId: text, scope: text, cameras: z.array(z.object({ cameraId: text, camera: text })), count: z.int(), from: z.int(), until: z.int() };
const words = { scope: scopeWords };

export const stopGranted = declareEvent({
  kind: 'video.stop_granted', sensitive: true, personal: ['reason'], body: z.object({ ...theStop, urgent: z.boolean(), reason: text }),
  sentence: { zh: '停录获准（{scope}）：{reason}', en: 'Stop of recording granted ({scope}): {reason}' }, words,
});
export const recordingStopped = declareEvent({
  kind: 'video.recording_stopped', sensitive: true, personal: [], body: z.object(theStop),
  sentence: { zh: '按批准停录（{scope}），{count} 台摄像机', en: 'Recording stopped with approval ({scope}), {count} cameras' }, words,
});
export const recordingResumed = declareEvent({
  kind: 'video.recording_resumed', sensitive: true, personal: [], body: z.object({ ...theStop, ending: text }),
  sentence: { zh: '恢复录像（{scope}），{count} 台摄像机：{ending}', en: 'Recording again ({scope}), {count} cameras: {ending}' }, words: { ...words, ending: endingWords },
});
export const stopUnused = declareEvent({
  kind: 'video.stop_unused', personal: [], body: z.object({ ...theStop, ending: text }), sentence: { zh: '停录没有执行（{scope}）：{ending}', en: 'Stop not carried out ({scope}): {ending}' }, words: { ...words, ending: endingWords },
});
export const recorderRestarted = declareEvent({
  kind: 'video.recorder_restart_ordered', sensitive: true, personal: ['reason', 'name'], body: z.object({ stopId: text, approvalId: text, name: text, reason: text }),
  sentence: { zh: '{name}重启录像服务：{reason}', en: '{name} restarted the recorder: {reason}' },
});
export const recordingDiffers = declareEvent({
  kind: 'video.recording_differs', sensitive: true, personal: [], body: z.object({ cameraId: text, camera: text, from: z.int(), what: text }),
  sentence: { zh: '{camera} 应录未录：{what}', en: '{camera} should be recorded and is not: {what}' }, words: { what: differWords },
});
export const recordingAgrees = declareEvent({
  kind: 'video.recording_agrees', personal: [], body: z.object({ cameraId: text, camera: text, from: z.int() }), sentence: { zh: '{camera} 恢复为应录即录', en: '{camera} is recorded as it should be again' },
});

export const stopEvents = [stopGranted, recordingStopped, recordingResumed, stopUnused, recorderRestarted, recordingDiffers, recordingAgrees];
