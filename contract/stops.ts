/** Stops of recording 停录: asked for, agreed to by two persons, carried out within their window, over by themselves. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

const reason = z.string().trim().min(1).max(500);
const span = { from: Instant, until: Instant };

export const StopScope = z.enum(['camera', 'recorder', 'room']);
export type StopScope = z.infer<typeof StopScope>;

/** What is approved. `cameraIds` names the cameras of scope camera; of the others it is empty and all are meant. */
export const StopBody = z.object({
  scope: StopScope, cameraIds: z.array(IdOf('cam')).max(64), ...span,
  /** Asked for at shorter notice than the room's rules want; approvers see it. */
  urgent: z.boolean(),
});
export type StopBody = z.infer<typeof StopBody>;

export const StopState = z.enum(['granted', 'running', 'ended', 'lapsed', 'revoked']);
export type StopState = z.infer<typeof StopState>;

export const StopView = z.object({
  stopId: z.string(), approvalId: z.string(), scope: StopScope, cameras: z.array(z.object({ cameraId: z.string(), camera: z.string() })), ...span, urgent: z.boolean(), reason: z.string(), state: StopState,
  begunAt: Instant.nullable(), begunBy: z.string().nullable(), endedAt: Instant.nullable(),
  /** How it ended; null before. */
  ending: Sentence.nullable(),
});
export type StopView = z.infer<typeof StopView>;

export const listStops = endpoint({
  method: 'GET', path: '/api/recording/stops', summary: { zh: '停录申请与执行', en: 'Stops of recording' },
  response: z.object({
    stops: z.array(StopView), allowed: z.boolean(), leadHours: z.number(), maxHours: z.number(), approver: Sentence,
    restarts: z.array(z.object({ at: Instant, by: z.string(), reason: z.string() })),
  }),
});
export const askStop = endpoint({
  method: 'POST', path: '/api/recording/stops', summary: { zh: '申请停录', en: 'Ask for a stop of recording' },
  body: StopBody.extend({ reason }), response: z.object({ approvalId: z.string() }),
});
/** Without an approved request whose window is now, it is refused and on record. */
export const stopRecording = endpoint({
  method: 'POST', path: '/api/recording/stop', summary: { zh: '停止录像（须在获准的时段内）', en: 'Stop recording (within an approved window)' },
  body: z.object({ scope: StopScope, cameraId: IdOf('cam').nullable() }), response: z.object({ stopId: z.string(), until: Instant }),
});
export const resumeRecording = endpoint({
  method: 'POST', path: '/api/recording/stops/:stopId/end', summary: { zh: '提前恢复录像', en: 'Record again before the end' }, params: z.object({ stopId: IdOf('stp') }),
});
export const restartRecorder = endpoint({
  method: 'POST', path: '/api/recording/restart', summary: { zh: '重启录像服务（须在获准的时段内）', en: 'Restart the recorder (within an approved window)' }, body: z.object({ reason }),
});
