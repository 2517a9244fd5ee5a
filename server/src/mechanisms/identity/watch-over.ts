/** Looks each minute at who is on post: a password that must be changed does not cut them off, it alarms the leader; alarms whose cause is gone are cleared. */
import { minuteMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { serverActor } from '../ledger/index.ts';
import { rulesNow, type IdentityContext } from './context.ts';
import { events } from './events.ts';
import { findPlace, passwordStandingOf } from './people-store.ts';
import { holdersOf, type PostHolder } from './post-store.ts';
import { isPasswordTooOld, type ChangeNeeded } from './restriction.ts';
import { sessionsOf } from './session-store.ts';
import { clearAlarm, raiseOnce, standingAlarms } from './standing-alarms.ts';

const consoleSilentMs = 5 * minuteMs;

/** Why the password of somebody on post must be changed; null: it need not. */
const overdueReason = async (context: IdentityContext, tx: Tx, personId: string, maxAgeDays: number | null): Promise<ChangeNeeded | 'age' | null> => {
  const standing = await passwordStandingOf(tx, personId);
  if (standing === null) return null;
  return standing.changeNeeded ?? (isPasswordTooOld(standing.since, maxAgeDays, context.clock.now()) ? 'age' : null);
};

const isSecondConsole = async (context: IdentityContext, tx: Tx, personId: string, holders: readonly PostHolder[]): Promise<boolean> => {
  if (!holders.some((holder) => holder.personId === personId)) return false;
  const now = context.clock.now();
  return (await sessionsOf(tx, personId)).filter((session) => now - session.seenAt < consoleSilentMs).length > 1;
};

export const watchOver = async (context: IdentityContext, tx: Tx): Promise<void> => {
  const place = await findPlace(tx);
  if (place === null) return;
  const { siteId, roomId } = place.room;
  const now = context.clock.now();
  const rules = await rulesNow(context, tx, { siteId, roomId });
  const holders = await holdersOf(tx, roomId, now);
  const overdue = new Set<string>();
  for (const { personId, name, post } of holders) {
    const reason = await overdueReason(context, tx, personId, rules.passwordMaxAgeDays);
    if (reason === null) continue;
    overdue.add(personId);
    const raised = await raiseOnce(context, tx, { kind: 'password_overdue_on_post', siteId, roomId, subject: personId, body: { name, post, reason } });
    if (raised) await context.ledger.append(tx, { event: events.passwordOverdue, siteId, roomId, actor: serverActor, subject: personId, body: { name, post, reason, clauses: [...rules.clauses] }, at: now });
  }
  for (const { kind, subject } of await standingAlarms(tx)) {
    const stands = kind === 'password_overdue_on_post' ? overdue.has(subject) : await isSecondConsole(context, tx, subject, holders);
    if (!stands) await clearAlarm(context, tx, kind, subject, { siteId, roomId });
  }
};
