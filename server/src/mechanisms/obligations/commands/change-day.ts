/** Says what a day is. What is planned follows at once where the rule of the room moves windows. */
import { Temporal } from 'temporal-polyfill';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ObligationsContext } from '../context.ts';
import { dayChanged } from '../events.ts';
import { planPlace } from '../planning.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { insertSpecialDay } from '../store.ts';
import { placeOf } from '../place.ts';

const isDay = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
};

export const changeDayOf = async (context: ObligationsContext, caller: Caller, day: string, said: { kind: 'holiday' | 'working' | 'ordinary'; name: string }): Promise<void> => {
  if (!isDay(day)) throw refuse('day_unknown', { day });
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    await insertSpecialDay(tx, { siteId: caller.siteId, day, ...said, at: now, by: caller.personId });
    await context.ledger.append(tx, { event: dayChanged, siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject: day, body: { day, to: said.kind, name: said.name }, at: now });
    await planPlace(context, tx, await placeOf(context, tx, caller.roomId));
  });
};
