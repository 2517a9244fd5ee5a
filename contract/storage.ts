/** Storages of footage 录像存储: folders, their fill and forecast, how long each camera is kept and why, verification, deletions of late. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

const reason = z.string().trim().min(1).max(500);
const storageParams = z.object({ storageId: IdOf('sto') });
const weight = z.int().min(1).max(100);

export const StorageView = z.object({
  storageId: z.string(), path: z.string(), weight, state: z.enum(['in_use', 'emptying', 'retired']), stateSince: Instant.nullable(), addedAt: Instant,
  /** As the recorder sees it; null while it does not answer or is not told of it yet. */
  usable: z.boolean().nullable(), fault: Sentence.nullable(), freeBytes: z.int().nullable(), totalBytes: z.int().nullable(),
  footageBytes: z.int(), segments: z.int(), moving: z.int(), stuck: z.int(), cameras: z.int(),
});
export type StorageView = z.infer<typeof StorageView>;

export const Deletion = z.object({
  at: Instant, reason: z.enum(['retention', 'space', 'space_below_term', 'destruction']), words: Sentence, count: z.int(), sizeBytes: z.int(), cameras: z.array(z.string()), from: Instant, until: Instant,
  /** Files that are known to be gone by now, those that could not be deleted, and those still awaited. */
  gone: z.int(), failed: z.int(), waiting: z.int(),
});
export type Deletion = z.infer<typeof Deletion>;

export const storageScreen = endpoint({
  method: 'GET', path: '/api/video/storages', summary: { zh: '录像存储', en: 'Storages of footage' },
  response: z.object({
    storages: z.array(StorageView),
    /** Null while it cannot be told. */
    forecast: z.object({
      days: z.number(), requiredDays: z.int(), enough: z.boolean(), shortInDays: z.number().nullable(), capacityBytes: z.int(), keptBytes: z.int(), bytesPerDay: z.number(), measured: z.boolean(),
      plot: z.array(z.object({ day: z.int(), bytes: z.int() })), past: z.array(z.object({ at: Instant, footageBytes: z.int() })),
    }).nullable(),
    cameras: z.array(z.object({ cameraId: z.string(), camera: z.string(), keptDays: z.int(), termDays: z.int(), setDays: z.int(), why: Sentence, cite: z.string().nullable(), oldest: Instant.nullable(), sizeBytes: z.int(), bytesPerDay: z.number() })),
    verification: z.object({
      cycleDays: z.int(), began: Instant.nullable(), ended: Instant.nullable(), due: Instant.nullable(), files: z.int(), sizeBytes: z.int(), filesOfCycle: z.int(), bytesOfCycle: z.int(), found: z.int(),
      last: z.object({ began: Instant, ended: Instant, files: z.int(), sizeBytes: z.int(), found: z.int() }).nullable(),
      damaged: z.array(z.object({ segmentId: z.string(), camera: z.string(), from: Instant, until: Instant, what: Sentence, storage: z.string(), foundAt: Instant })),
    }),
    deletions: z.array(Deletion), diskFull: Sentence,
  }),
});
export const addStorage = endpoint({
  method: 'POST', path: '/api/video/storages', summary: { zh: '添加录像存储', en: 'Add a storage' },
  body: z.object({ path: z.string().trim().min(1).max(500), weight }), response: z.object({ storageId: z.string() }),
});
export const weighStorage = endpoint({
  method: 'PATCH', path: '/api/video/storages/:storageId', summary: { zh: '修改存储份额', en: 'Change the share of a storage' }, params: storageParams, body: z.object({ weight }),
});
export const emptyStorage = endpoint({
  method: 'POST', path: '/api/video/storages/:storageId/emptying', summary: { zh: '清空存储（录像移到其他存储）', en: 'Empty a storage (its footage goes to the others)' }, params: storageParams, body: z.object({ reason }),
});
export const keepStorage = endpoint({
  method: 'DELETE', path: '/api/video/storages/:storageId/emptying', summary: { zh: '停止清空，继续使用', en: 'Stop emptying, stay in use' }, params: storageParams,
});
export const retireStorage = endpoint({
  method: 'DELETE', path: '/api/video/storages/:storageId', summary: { zh: '停用已清空的存储', en: 'Take an emptied storage out of use' }, params: storageParams, body: z.object({ reason }),
});
/** Retention and verification of a span: every segment that was altered, is missing or went before its time is named. */
export const storageReport = endpoint({
  method: 'GET', path: '/api/video/storages/report', summary: { zh: '保存与核验报告', en: 'Report of retention and verification' },
  query: z.object({ from: z.coerce.number().pipe(Instant), until: z.coerce.number().pipe(Instant) }),
  response: z.object({
    from: Instant, until: Instant, cycles: z.array(z.object({ ended: Instant, files: z.int(), sizeBytes: z.int(), found: z.int() })),
    named: z.array(z.object({ what: Sentence, camera: z.string(), from: Instant, until: Instant, at: Instant })),
    deleted: z.array(z.object({ words: Sentence, count: z.int(), sizeBytes: z.int() })), whole: z.boolean(),
  }),
});
