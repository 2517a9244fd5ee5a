/** Watch rounds over important positions (重点部位巡看): what is due, marks, missed and rushed views, coverage of each hour. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

export const Mark = z.enum(['observed', 'abnormal']);
export type Mark = z.infer<typeof Mark>;
export const Outcome = z.enum(['viewed', 'rushed', 'missed']);
export type Outcome = z.infer<typeof Outcome>;

export const PositionView = z.object({
  positionId: z.string(), cameraId: z.string(), camera: z.string(), name: z.string(), postId: z.string().nullable(), post: z.string().nullable(),
  intervalMinutes: z.number(),
  /** Set for this position alone; else as the rules of the room say. */
  ownInterval: z.boolean(),
  /** The turn that runs now. */
  from: Instant, until: Instant,
  /** due: not marked yet in this turn. */
  state: z.enum(['due', 'viewed', 'rushed']),
  last: z.object({ mark: Mark, at: Instant, by: z.string(), watchedSeconds: z.number(), rushed: z.boolean() }).nullable(),
});
export type PositionView = z.infer<typeof PositionView>;
export const HourView = z.object({ from: Instant, due: z.int(), viewed: z.int(), rushed: z.int(), missed: z.int(), /** Null: nothing was due. */ percent: z.number().nullable() });
export type HourView = z.infer<typeof HourView>;
export const TurnView = z.object({ positionId: z.string(), name: z.string(), from: Instant, until: Instant, outcome: Outcome, shift: z.int().nullable(), onPost: z.array(z.string()) });
export type TurnView = z.infer<typeof TurnView>;
export const MarkView = z.object({ markId: z.string(), name: z.string(), camera: z.string(), mark: Mark, text: z.string(), at: Instant, by: z.string(), watchedSeconds: z.number(), rushed: z.boolean(), entryId: z.string().nullable() });
export type MarkView = z.infer<typeof MarkView>;

export const round = endpoint({
  method: 'GET', path: '/api/rounds', summary: { zh: '重点部位巡看', en: 'Watch round' },
  response: z.object({
    positions: z.array(PositionView), dwellSeconds: z.number(), now: Instant,
    /** Who watches what in this shift: positions of each post, with the people on it. */
    groups: z.array(z.object({ post: Sentence, people: z.array(z.string()), positions: z.array(z.string()) })),
    can: z.object({ mark: z.union([z.literal(true), Sentence]), manage: z.boolean() }),
  }),
});
export const coverage = endpoint({
  method: 'GET', path: '/api/rounds/coverage', summary: { zh: '巡看覆盖率', en: 'Coverage of watch rounds' }, query: z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) }),
  response: z.object({
    hours: z.array(HourView), targetPercent: z.number(), missed: z.array(TurnView),
    shifts: z.array(z.object({ shift: z.int(), due: z.int(), viewed: z.int(), percent: z.number(), belowTarget: z.boolean() })),
    /** Alarms on a position's picture, and how long until somebody marked it. */
    detections: z.array(z.object({ camera: z.string(), event: Sentence, at: Instant, markedAt: Instant.nullable(), seconds: z.number().nullable(), late: z.boolean() })),
    limitSeconds: z.number(),
  }),
});
export const marks = endpoint({ method: 'GET', path: '/api/rounds/marks', summary: { zh: '巡看记录', en: 'Marks of watch rounds' }, query: z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) }), response: z.object({ marks: z.array(MarkView), more: z.boolean() }) });
export const setMark = endpoint({
  method: 'POST', path: '/api/rounds/positions/:positionId/marks', summary: { zh: '标记巡看结果', en: 'Mark what was seen' },
  params: z.object({ positionId: IdOf('pos') }), body: z.object({ mark: Mark, text: z.string().trim().max(2_000).default('') }),
  response: z.object({ markId: z.string(), rushed: z.boolean(), entryId: z.string().nullable() }),
});
export const addPosition = endpoint({
  method: 'POST', path: '/api/rounds/positions', summary: { zh: '添加重点部位', en: 'Add an important position' },
  body: z.object({ cameraId: IdOf('cam'), name: z.string().trim().min(1).max(64), postId: IdOf('post').nullable().default(null), intervalMinutes: z.int().min(1).max(1_440).nullable().default(null) }),
  response: z.object({ positionId: z.string() }),
});
export const removePosition = endpoint({ method: 'DELETE', path: '/api/rounds/positions/:positionId', summary: { zh: '移除重点部位', en: 'Remove an important position' }, params: z.object({ positionId: IdOf('pos') }) });
export const posts = endpoint({ method: 'GET', path: '/api/rounds/posts', summary: { zh: '可分配的岗位和摄像机', en: 'Posts and cameras to choose from' }, response: z.object({ posts: z.array(z.object({ postId: z.string(), name: z.string() })), cameras: z.array(z.object({ cameraId: z.string(), camera: z.string() })) }) });
