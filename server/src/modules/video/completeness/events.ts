/** A day that was closed, as a fact: the digest of its statement stands in the ledger. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
export const dayClosed = declareEvent({
  kind: 'video.day_closed', personal: [], body: z.object({ cameraId: text, camera: text, day: text, revision: z.int(), expectedSeconds: z.number(), recordedSeconds: z.number(), approvedSeconds: z.number(), percent: text, gaps: z.int(), digest: text }),
  sentence: { zh: '{camera} {day} 录像完整率 {percent}%，缺失 {gaps} 段', en: '{camera}, {day}: {percent}% recorded, {gaps} gaps' },
});
export const completenessEvents = [dayClosed];
