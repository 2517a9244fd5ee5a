/** Facts of turning cameras: who had one in hand from when, who kept it, who let it go. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const theCamera = { cameraId: text, camera: text };

export const ptzTaken = declareEvent({
  kind: 'video.ptz_taken', personal: ['name', 'before'], body: z.object({ ...theCamera, name: text, before: text.nullable() }), sentence: { zh: '{name}转动 {camera}', en: '{name} turned {camera}' },
});
export const ptzLocked = declareEvent({
  kind: 'video.ptz_locked', personal: ['name'], body: z.object({ ...theCamera, name: text, until: z.int() }), sentence: { zh: '{name}锁定 {camera} 的方向', en: '{name} locked the direction of {camera}' },
});
export const ptzReleased = declareEvent({
  kind: 'video.ptz_released', personal: ['name'], body: z.object({ ...theCamera, name: text }), sentence: { zh: '{name}释放 {camera} 的云台', en: '{name} released {camera}' },
});

export const ptzEvents = [ptzTaken, ptzLocked, ptzReleased];
