/** Alarms that identity raises for the leader: each once while its cause stands. The alarm list itself is that of notifications, above; a slot leads there. */
import { sql } from 'kysely';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import type { IdentityContext } from './context.ts';
import type { IdentityAlarm, IdentityAlarmKind } from './identity-alarm.ts';

/** False when it stands already. */
export const raiseOnce = async (context: IdentityContext, tx: Tx, alarm: Omit<IdentityAlarm, 'kind' | 'at'> & { kind: IdentityAlarmKind }): Promise<boolean> => {
  const now = context.clock.now();
  const { rows } = await sql`
    insert into identity.standing_alarms (kind, subject, from_at) values (${alarm.kind}, ${alarm.subject}, ${at(now)})
    on conflict do nothing returning 1 as raised`.execute(tx);
  if (rows.length === 0) return false;
  await context.onAlarm(tx, { ...alarm, kind: `identity.${alarm.kind}`, at: now });
  return true;
};

export const clearAlarm = async (context: IdentityContext, tx: Tx, kind: IdentityAlarmKind, subject: string, place: { siteId: string; roomId: string }): Promise<void> => {
  const now = context.clock.now();
  const { rows } = await sql`
    update identity.standing_alarms set until_at = greatest(from_at, ${at(now)}) where kind = ${kind} and subject = ${subject} and until_at is null returning 1 as ended`.execute(tx);
  if (rows.length > 0) await context.onAlarmCleared(tx, { kind: `identity.${kind}`, subject, ...place, at: now });
};

export const standingAlarms = async (db: Db): Promise<{ kind: IdentityAlarmKind; subject: string }[]> => {
  const { rows } = await sql<{ kind: IdentityAlarmKind; subject: string }>`select kind, subject from identity.standing_alarms where until_at is null`.execute(db);
  return rows;
};
