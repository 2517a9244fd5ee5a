/** Ends sessions: the row, the fact, and the word to every server. */
import type { Tx } from '../../../platform/postgres/db.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import type { Actor } from '../../ledger/index.ts';
import { tellNotice } from '../notices.ts';
import { findPlace, namesOf } from '../people-store.ts';
import { endReasons, type EndReason } from '../refusals.ts';
import { endSession } from '../session-store.ts';

export const endSessions = async (
  context: Pick<IdentityContext, 'clock' | 'database' | 'ledger'>,
  tx: Tx,
  sessions: readonly { sessionId: string; personId: string }[],
  reason: EndReason,
  actor: Actor,
): Promise<void> => {
  const now = context.clock.now();
  const place = await findPlace(tx);
  if (place === null) return;
  const names = await namesOf(tx, sessions.map((session) => session.personId));
  for (const { sessionId, personId } of sessions) {
    if (!(await endSession(tx, sessionId, reason, now))) continue;
    const about = { siteId: place.site.siteId, roomId: place.room.roomId, actor, subject: personId, at: now };
    const name = names.get(personId) ?? '';
    if (reason === 'signed_out') await context.ledger.append(tx, { ...about, event: events.signedOut, body: { sessionId, name } });
    else await context.ledger.append(tx, { ...about, event: events.sessionEnded, body: { sessionId, name, reason, why: endReasons[reason] } });
    await tellNotice(context.database, tx, { op: 'ended', sessionId, personId });
  }
};
