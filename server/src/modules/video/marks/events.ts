/** Facts of marks. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';
import { markWords } from './words.ts';
import { sourceWords } from '../words.ts';

const text = z.string();
const theCamera = { cameraId: text, camera: text };

export const bookmarkMade = declareEvent({
  kind: 'video.bookmark_made', personal: ['note'],
  body: z.object({ bookmarkId: text, ...theCamera, frameAt: z.int(), kind: z.enum(['bookmark', 'suspicious']), source: z.enum(['live', 'playback']), note: text }),
  sentence: { zh: '标记 {camera}（{kind}，{source}）{note}', en: '{camera} marked ({kind}, {source}) {note}' }, words: { kind: markWords, source: sourceWords },
});
export const bookmarkStruck = declareEvent({
  kind: 'video.bookmark_struck', personal: ['reason'], body: z.object({ bookmarkId: text, ...theCamera, reason: text }), sentence: { zh: '划去 {camera} 的标记：{reason}', en: 'Mark of {camera} struck: {reason}' },
});
export const snapshotAnnotated = declareEvent({
  kind: 'video.snapshot_annotated', personal: ['note'], body: z.object({ noteId: text, snapshotId: text, ...theCamera, note: text }),
  sentence: { zh: '给 {camera} 的抓拍写说明：{note}', en: 'Written to a snapshot of {camera}: {note}' },
});

export const markEvents = [bookmarkMade, bookmarkStruck, snapshotAnnotated];
