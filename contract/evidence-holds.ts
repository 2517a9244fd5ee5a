/** Holds on footage (录像锁定): what is held, why, until when, how much; confirming, extending, releasing, a larger quota. */
import { z } from 'zod';
import { endpoint, IdOf, Instant } from './endpoint.ts';

const typed = (most: number) => z.string().trim().max(most);
const Named = z.object({ personId: z.string(), name: z.string() });

export const HoldState = z.enum(['provisional', 'confirmed', 'ended']);
export type HoldState = z.infer<typeof HoldState>;
export const HoldEnd = z.enum(['rejected', 'withdrawn', 'undecided', 'released']);
export type HoldEnd = z.infer<typeof HoldEnd>;

export const Hold = z.object({
  holdId: z.string(), requestId: z.string(),
  /** Number of the request, as people say it. */
  number: z.string(),
  state: HoldState, requester: Named, cameras: z.array(z.string()), from: Instant, until: Instant, reason: z.string(),
  /** Closed segments that it holds now, and their bytes. */
  segments: z.int(), sizeBytes: z.int(),
  placedAt: Instant,
  /** A provisional hold ends then by itself. */
  decideBy: Instant.nullable(),
  owner: Named.nullable(), confirmedBy: z.string().nullable(), confirmedAt: Instant.nullable(), reviewAt: Instant.nullable(), reviewIsDue: z.boolean(),
  /** Where room was made when held footage took more than its share. */
  space: z.string(),
  endedAt: Instant.nullable(), endedHow: HoldEnd.nullable(), endedNote: z.string().nullable(), endedBy: z.string().nullable(),
});
export type Hold = z.infer<typeof Hold>;

export const listHolds = endpoint({
  method: 'GET', path: '/api/evidence/holds', summary: { zh: '录像锁定', en: 'Holds on footage' },
  response: z.object({
    /** Those that hold now, newest first; and the last fifty that ended. */
    holds: z.array(Hold), ended: z.array(Hold),
    /** How much of the storage confirmed holds take; percent null: the recorder does not say how large it is. */
    share: z.object({ heldBytes: z.int(), storageBytes: z.int().nullable(), percent: z.number().nullable(), limitPercent: z.number() }),
    /** Who may answer for a hold, and who may be given a larger quota. */
    owners: z.array(Named), requesters: z.array(Named),
    reviewDays: z.number(), undecidedHours: z.number(), quotaHours: z.number(), now: Instant,
  }),
});
const params = z.object({ holdId: IdOf('hld') });
export const confirmHold = endpoint({
  method: 'POST', path: '/api/evidence/holds/:holdId/confirm', summary: { zh: '确认锁定', en: 'Confirm a hold' }, params,
  body: z.object({ reason: typed(2_000), ownerId: IdOf('per'), reviewAt: Instant, space: typed(500).default('') }),
});
export const extendHold = endpoint({
  method: 'POST', path: '/api/evidence/holds/:holdId/extend', summary: { zh: '延长锁定', en: 'Extend a hold' }, params,
  /** Provisional: time to decide; confirmed: date of the next review. */
  body: z.object({ until: Instant, reason: typed(2_000) }),
});
export const releaseHold = endpoint({ method: 'POST', path: '/api/evidence/holds/:holdId/release', summary: { zh: '解除锁定', en: 'Release a hold' }, params, body: z.object({ reason: typed(2_000) }) });
export const giveHoldQuota = endpoint({
  method: 'POST', path: '/api/evidence/hold-quotas', summary: { zh: '放宽待决锁定上限', en: 'Give a requester a larger quota of undecided holds' },
  body: z.object({ personId: IdOf('per'), cameraHours: z.int().min(1).max(100_000), validUntil: Instant, reason: typed(2_000) }),
});
