/** Copies of footage and backups of the room 备份: the folder, how far behind, what is not backed up, runs, drills, what is wrong now. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

const reason = z.string().trim().min(1).max(500);

export const UnbackedRange = z.object({ cameraId: z.string(), camera: z.string(), from: Instant, until: Instant, segments: z.int(), sizeBytes: z.int(), why: Sentence });
export type UnbackedRange = z.infer<typeof UnbackedRange>;
export const BackupRun = z.object({ runId: z.string(), beganAt: Instant, endedAt: Instant.nullable(), by: z.string().nullable(), file: z.string(), sizeBytes: z.int().nullable(), sha256: z.string().nullable(), state: z.enum(['running', 'good', 'failed', 'damaged', 'deleted']), words: Sentence, detail: z.string(), checkedAt: Instant.nullable() });
export type BackupRun = z.infer<typeof BackupRun>;
export const RestoreDrill = z.object({ drillId: z.string(), at: Instant, by: z.string(), camera: z.string(), from: Instant, until: Instant, sizeBytes: z.int(), tookMs: z.int(), expected: z.string(), found: z.string().nullable(), plays: z.boolean(), outcome: z.enum(['equal', 'differs', 'missing']), words: Sentence });
export type RestoreDrill = z.infer<typeof RestoreDrill>;

export const backupScreen = endpoint({
  method: 'GET', path: '/api/backup', summary: { zh: '备份', en: 'Backup' },
  response: z.object({
    place: z.object({ placeId: z.string(), path: z.string(), addedAt: Instant, fault: Sentence.nullable(), faultSince: Instant.nullable() }).nullable(),
    /** Footage that waits for its copy, cameras that are left out apart; lagMs is the age of the oldest of it. */
    copies: z.object({ copied: z.int(), copiedBytes: z.int(), waiting: z.int(), waitingBytes: z.int(), lagMs: z.int().nullable(), damaged: z.int(), checkedOldest: Instant.nullable() }),
    unbacked: z.array(UnbackedRange), leftOut: z.array(z.object({ cameraId: z.string(), camera: z.string(), reason: z.string(), since: Instant, by: z.string() })),
    runs: z.array(BackupRun), drills: z.array(RestoreDrill), drillDue: Instant.nullable(), runDue: Instant.nullable(),
    troubles: z.array(z.object({ what: Sentence, since: Instant })), lost: z.array(z.object({ segmentId: z.string(), camera: z.string(), from: Instant, until: Instant, what: Sentence, restorable: z.boolean() })),
    periodHours: z.number(), drillDays: z.number(), apart: z.boolean(),
  }),
});
export const addCopyPlace = endpoint({
  method: 'POST', path: '/api/backup/places', summary: { zh: '设定备份文件夹', en: 'Set the folder for copies' }, body: z.object({ path: z.string().trim().min(1).max(500) }), response: z.object({ placeId: z.string() }),
});
export const retireCopyPlace = endpoint({
  method: 'DELETE', path: '/api/backup/places/:placeId', summary: { zh: '停用备份文件夹', en: 'Take the folder for copies out of use' }, params: z.object({ placeId: IdOf('cpl') }), body: z.object({ reason }),
});
export const leaveOut = endpoint({
  method: 'PUT', path: '/api/backup/left-out/:cameraId', summary: { zh: '摄像机不备份', en: 'Leave a camera out of the copies' }, params: z.object({ cameraId: IdOf('cam') }), body: z.object({ reason }),
});
export const takeBackIn = endpoint({
  method: 'DELETE', path: '/api/backup/left-out/:cameraId', summary: { zh: '摄像机恢复备份', en: 'Copy a camera again' }, params: z.object({ cameraId: IdOf('cam') }),
});
export const runBackup = endpoint({ method: 'POST', path: '/api/backup/runs', summary: { zh: '立即备份系统数据', en: 'Back the room up now' }, response: z.object({ runId: z.string(), state: z.enum(['good', 'failed']) }) });
export const runDrill = endpoint({ method: 'POST', path: '/api/backup/drills', summary: { zh: '做一次恢复演练', en: 'Run a restore drill' }, response: z.object({ drill: RestoreDrill }) });
export const restoreFootage = endpoint({
  method: 'POST', path: '/api/backup/restored/:segmentId', summary: { zh: '从备份恢复一段录像', en: 'Restore a segment from its copy' }, params: z.object({ segmentId: IdOf('seg') }),
});
