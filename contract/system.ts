/** The machine itself: figures for monitoring systems, and how to trust the room's own certificate. */
import { z } from 'zod';
import { endpoint, Sentence } from './endpoint.ts';

export const metrics = endpoint({
  method: 'GET', path: '/api/system/metrics', summary: { zh: '运行指标（Prometheus）', en: 'Figures (Prometheus text)' }, bytes: true,
});
/** Is the server up: for load balancers and the page itself. Says nothing about the room. */
export const alive = endpoint({
  method: 'GET', path: '/api/system/alive', summary: { zh: '服务是否在运行', en: 'Whether the server is up' }, response: z.object({ alive: z.literal(true), version: z.string() }),
});
/** The local authority's certificate, for the page that shows how to trust it; 404 when none was made. */
export const authority = endpoint({
  method: 'GET', path: '/api/system/authority.crt', summary: { zh: '下载本地证书颁发机构证书', en: 'Certificate of the local authority' }, bytes: true,
});
/** State of the machine for the foot of the console. */
export const health = endpoint({
  method: 'GET', path: '/api/system/health', summary: { zh: '录像与存储状态', en: 'State of recording and storage' },
  response: z.object({
    recorder: z.enum(['present', 'away']),
    camerasRecording: z.int(),
    camerasTotal: z.int(),
    storages: z.array(z.object({ usable: z.boolean(), reason: z.string(), freeBytes: z.int(), totalBytes: z.int() })),
    /** Days until the storage is full at the present rate; null when it cannot be told. */
    daysLeft: z.number().nullable(),
    /** Days that footage can be kept with the storage there is, against the days that it must be; null when it cannot be told. */
    keeps: z.object({ days: z.number(), requiredDays: z.int(), enough: z.boolean() }).nullable(),
    /** Why the ledger is not signed any more; null: it is. A person must look. */
    ledgerTrouble: Sentence.nullable(),
  }),
});
