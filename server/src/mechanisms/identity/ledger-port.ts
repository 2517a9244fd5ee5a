/** What identity needs of the ledger. */
import type { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Tx } from '../../platform/postgres/db.ts';

export type Actor = { kind: 'person'; id: string; sessionId: string; post: string | null } | { kind: 'process'; id: string };

export interface EventKind<B extends z.ZodType = z.ZodType> {
  kind: string;
  version: number;
  body: B;
  personal: readonly string[];
  sentence: Sentence;
  sensitive?: boolean;
}

export interface Act<B extends z.ZodType> {
  event: EventKind<B>;
  siteId: string;
  roomId: string | null;
  actor: Actor;
  subject: string;
  body: z.input<B>;
  at: Instant;
}

export interface Ledger {
  append<B extends z.ZodType>(tx: Tx, act: Act<B>): Promise<{ seq: number }>;
}

export const declareEvent = <B extends z.ZodType>(event: EventKind<B>): EventKind<B> => event;
