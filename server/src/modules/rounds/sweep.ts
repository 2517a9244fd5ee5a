/** Judges turns that have ended: viewed, rushed or missed; each once, also those that ended while nobody was there to see. */
import { hourMs, minuteMs } from '../../base/units.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import type { RoundsContext, Place } from './context.ts';
import { missedTurns } from './controls.ts';
import { events } from './events.ts';
import { positionMissed } from './kinds.ts';
import { insertTurn, lockPosition, marksBetween, positionsOf, sweepTo, turnsBetween, type Position, type TurnRow } from './store.ts';
import { endedTurns, hoursOf, outcomeOf } from './turn.ts';

/** Some days of turns at once; the rest comes with the next sweep. */
const mostTurns = 500;
const mostMarks = 5_000;

const sweepPosition = (context: RoundsContext, place: Place, { positionId }: Position): Promise<number> =>
  context.database.transaction(async (tx) => {
    const position = await lockPosition(tx, place.roomId, positionId);
    if (position === null) return 0;
    const now = context.clock.now();
    const minutes = position.intervalMinutes ?? (await context.rules(tx, place, now)).number('important_position_view_interval_minutes');
    const turns = endedTurns(position.sweptUntil, minutes * minuteMs, now, mostTurns);
    const [first, last] = [turns[0], turns.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const marks = (await marksBetween(tx, place.roomId, first.from, last.until, mostMarks)).filter((one) => one.positionId === positionId);
    const [shift, holders] = [await context.shift(tx, place.roomId), await context.holders(tx, place.roomId, last.until)];
    const onPost = [...new Set(holders.map(({ name }) => name))];
    for (const turn of turns) {
      const { outcome, mark } = outcomeOf(marks.filter(({ markedAt }) => markedAt >= turn.from && markedAt < turn.until));
      const row: TurnRow = { positionId, name: position.name, ...turn, outcome, markId: mark?.markId ?? null, onPost, shift };
      for (const judged of outcome === 'missed' ? missedTurns.find(() => [row]) : [row]) {
        await insertTurn(tx, place.roomId, judged);
        const body = { positionId, position: position.name, ...turn, shift, onPost };
        if (outcome === 'missed') await context.ledger.append(tx, { event: events.turnMissed, ...place, actor: serverActor, subject: positionId, body, at: now });
        if (outcome === 'rushed') await context.ledger.append(tx, { event: events.turnRushed, ...place, actor: serverActor, subject: positionId, body, at: now });
        // One alarm for however many turns: it is over with the next look.
        if (outcome === 'missed' && turn === last) await context.alarms.raise(tx, { kind: positionMissed.kind, ...place, subject: positionId, body: { position: position.name, minutes: Math.round((now - turn.from) / minuteMs) }, at: turn.until, cameraId: position.cameraId });
      }
    }
    await sweepTo(tx, positionId, last.until);
    return turns.length;
  });

export const createSweep = (context: RoundsContext) => {
  let notedUntil: number | null = null;
  /** Each full hour once, as long as this process lives; after a restart the hour that runs. */
  const noteHours = async (place: Place): Promise<void> => {
    const full = Math.floor(context.clock.now() / hourMs) * hourMs;
    if (notedUntil !== null && notedUntil < full) {
      const from = notedUntil;
      for (const { due, percent, ...hour } of hoursOf(await turnsBetween(context.database.db, place.roomId, from, full), { from, until: full })) {
        if (percent === null) continue;
        await context.database.transaction((tx) => context.ledger.append(tx, { event: events.hourCovered, ...place, actor: serverActor, subject: place.roomId, body: { ...hour, due, percent }, at: context.clock.now() }));
      }
    }
    notedUntil = full;
  };
  return async (): Promise<number> => {
    const place = await context.place(context.database.db);
    if (place === null) return 0;
    let judged = 0;
    for (const position of await positionsOf(context.database.db, place.roomId)) judged += await sweepPosition(context, place, position);
    await noteHours(place);
    return judged;
  };
};
