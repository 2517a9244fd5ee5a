/** Completeness of recording 录像完整率: a signed statement of each camera and day, and the month at a glance. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const DayGap = z.object({ from: Instant, until: Instant, reason: z.string(), words: Sentence, approved: z.boolean() });
export type DayGap = z.infer<typeof DayGap>;

export const completenessMonth = endpoint({
  method: 'GET', path: '/api/recording/completeness', summary: { zh: '录像完整率（月）', en: 'Completeness of recording, a month' },
  query: z.object({ month: z.string().regex(/^\d{4}-\d{2}$/).optional() }),
  response: z.object({
    month: z.string(), days: z.array(Day), today: Day, targetPercent: z.number(),
    cameras: z.array(z.object({
      cameraId: z.string(), camera: z.string(),
      /** One for each day; null: nothing was expected, or the day is not closed yet. Approved stops do not lower it. */
      cells: z.array(z.object({ percent: z.number(), gaps: z.int() }).nullable()),
      percent: z.number().nullable(),
    })),
    /** Cameras below the target in this month. */
    below: z.int(),
  }),
});
export const DayStatement = z.object({
  cameraId: z.string(), camera: z.string(), day: Day, revision: z.int(), from: Instant, until: Instant, expectedMs: z.int(), recordedMs: z.int(), approvedMs: z.int(), percent: z.number().nullable(), gaps: z.array(DayGap),
  closedAt: Instant.nullable(), digest: z.string().nullable(), signature: z.string().nullable(), publicKey: z.string().nullable(),
  /** What was signed, to the byte; null while the day goes on. */
  statement: z.string().nullable(),
  /** Recomputed now: digest and signature fit what is shown. */
  verified: z.boolean().nullable(), site: z.string(),
});
export type DayStatement = z.infer<typeof DayStatement>;
export const dayStatement = endpoint({
  method: 'GET', path: '/api/recording/completeness/:cameraId/:day', summary: { zh: '一台摄像机一天的完整率声明', en: 'Statement of one camera and day' }, params: z.object({ cameraId: IdOf('cam'), day: Day }), response: DayStatement,
});
