/** Who must know: the row that the site has set, else what came with the kind. */
import type { Channel, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { NotificationsContext } from './context.ts';
import type { AlarmKind, NoticeKind } from './kinds.ts';
import type { Place } from './limits.ts';
import { matrixRow } from './settings-store.ts';

export interface Telling {
  /** Roles; for notices that are given to people, empty. */
  first: readonly string[];
  channels: readonly Channel[];
  /** For the first receivers; null: no answer is asked. */
  answerMs: number | null;
  /** For each that is told after them. */
  hopMs: number;
  ladder: readonly (readonly string[])[];
}

type Asking = Pick<NotificationsContext, 'limits'>;

const hopSeconds = (context: Asking, db: Db, place: Place, at: Instant): Promise<number> => context.limits.number(db, place, 'escalation_hop_seconds', at);

export const alarmTelling = async (context: Asking, db: Db, place: Place, kind: AlarmKind, severity: Severity, at: Instant): Promise<Telling & { answerMs: number }> => {
  const row = await matrixRow(db, place.siteId, kind.kind, severity);
  if (row !== null) return { first: row.targets, channels: row.channels, answerMs: row.answerSeconds * secondMs, hopMs: row.answerSeconds * secondMs, ladder: row.ladder };
  const seconds = await context.limits.number(db, place, kind.ackLimitParameter, at);
  const rungs = await context.limits.list(db, place, 'escalation_ladder', at);
  return { first: kind.tell, channels: kind.channels, answerMs: seconds * secondMs, hopMs: (await hopSeconds(context, db, place, at)) * secondMs, ladder: rungs.map((rung) => [rung]) };
};

export const noticeTelling = async (context: Asking, db: Db, place: Place, kind: NoticeKind, severity: Severity, at: Instant): Promise<Telling> => {
  const row = kind.to === 'given' ? null : await matrixRow(db, place.siteId, kind.kind, severity);
  if (row !== null) return { first: row.targets, channels: row.channels, answerMs: row.answerSeconds * secondMs, hopMs: row.answerSeconds * secondMs, ladder: row.ladder };
  const { ackWithin } = kind;
  const answerMs = ackWithin === null ? null : 'ms' in ackWithin ? ackWithin.ms : (await context.limits.number(db, place, ackWithin.parameter, at)) * secondMs;
  return { first: kind.to === 'given' ? [] : kind.to.roles, channels: kind.channels, answerMs, hopMs: answerMs ?? 0, ladder: kind.escalateTo === 'same' ? [] : kind.escalateTo };
};

/** How long an acknowledgement holds, ms. */
export const ackValidMs = async (context: Asking, db: Db, place: Place, at: Instant): Promise<number> => (await context.limits.number(db, place, 'ack_expires_minutes', at)) * minuteMs;
