/** Marks of people: what was seen, on the ground of what was really on their screen. */
import type { Mark } from '../../../../../contract/rounds.ts';
import { newId } from '../../../base/ids.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import type { RoundsContext } from '../context.ts';
import { abnormalInLog, watchedFirst } from '../controls.ts';
import { events } from '../events.ts';
import { positionMissed } from '../kinds.ts';
import { roundsRefusals as refuse } from '../refusals.ts';
import { insertMark, lastMarks, lockPosition } from '../store.ts';
import { covered } from '../turn.ts';

export const setMark = (context: RoundsContext, caller: Caller, positionId: string, { mark, text }: { mark: Mark; text: string }): Promise<{ markId: string; rushed: boolean; entryId: string | null }> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId, personId, name } = caller;
    const position = await lockPosition(tx, roomId, positionId);
    if (position === null) throw refuse('position_unknown');
    if (mark === 'abnormal' && text === '') throw refuse('text_needed', {}, { fields: [{ path: 'text', ...refuse('text_needed').sentence }] });
    const now = context.clock.now();
    const rules = await context.rules(tx, caller, now);
    const intervalMs = (position.intervalMinutes ?? rules.number('important_position_view_interval_minutes')) * minuteMs;
    const last = (await lastMarks(tx, roomId)).get(positionId);
    const since = Math.max(now - intervalMs, last?.personId === personId ? last.markedAt : 0);
    const own = (await context.watched(tx, roomId, { from: since, until: now })).filter((one) => one.cameraId === position.cameraId && one.personId === personId);
    const watchedMs = covered(own, { from: since, until: now });
    watchedFirst.refuse(() => (watchedMs > 0 ? null : refuse('not_watched', { name: position.name })));
    const rushed = watchedMs < rules.number('round_dwell_seconds') * secondMs;
    const markId = newId('mrk', context.clock);
    const camera = (await context.cameras(tx, roomId)).find(({ cameraId }) => cameraId === position.cameraId)?.camera ?? position.name;
    const words = { zh: `重点部位巡看异常：${position.name}（${camera}） · ${text}`, en: `Abnormal in the watch round: ${position.name} (${camera}) · ${text}` };
    let entryId: string | null = null;
    for (const line of abnormalInLog.find(() => (mark === 'abnormal' ? [words] : []))) entryId = await context.writeLine(tx, caller, { text: line, cameraId: position.cameraId, subject: markId, at: now });
    await insertMark(tx, roomId, { markId, positionId, cameraId: position.cameraId, personId, byName: name, mark, text, markedAt: now, watchedMs, rushed, entryId });
    const body = { positionId, position: position.name, camera, markId, mark, text, name, watchedMs: Math.round(watchedMs), rushed, entryId };
    await context.ledger.append(tx, { event: events.marked, siteId, roomId, actor: actorOf(caller), subject: positionId, body, at: now });
    if (!rushed) await context.alarms.clear(tx, { kind: positionMissed.kind, subject: positionId, at: now, note: '', roomId });
    return { markId, rushed, entryId };
  });
