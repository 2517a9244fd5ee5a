/** Reads for screens: the round that runs, its coverage, its marks. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/rounds.ts';
import { hourMs, minuteMs, secondMs } from '../../base/units.ts';
import { may, type Caller } from '../../mechanisms/identity/index.ts';
import type { RoundsContext } from './context.ts';
import { groupsShared, lateDetections } from './controls.ts';
import { roundsRefusals as refuse } from './refusals.ts';
import { lastMarks, marksBetween, positionsOf, turnsBetween } from './store.ts';
import { hoursOf, shiftsOf } from './turn.ts';
import { roundsVerbs } from './verbs.ts';

const mostMarks = 500;
const mostMissed = 200;
const everybody = { zh: '当班人员', en: 'whoever is on duty' };

export const roundView = async (context: RoundsContext, caller: Caller): Promise<z.output<typeof contract.round.response>> => {
  const { db } = context.database;
  const { roomId } = caller;
  const now = context.clock.now();
  const rules = await context.rules(db, caller, now);
  const usual = rules.number('important_position_view_interval_minutes');
  const [rows, marks, posts, holders] = [await positionsOf(db, roomId), await lastMarks(db, roomId), await context.posts(db, roomId), await context.holders(db, roomId, now)];
  const cameras = new Map((await context.cameras(db, roomId)).map(({ cameraId, camera }) => [cameraId, camera]));
  const postName = new Map(posts.map(({ postId, name }) => [postId, name]));
  const positions = rows.map(({ positionId, cameraId, name, postId, intervalMinutes, sweptUntil }): contract.PositionView => {
    const last = marks.get(positionId);
    const intervalMs = (intervalMinutes ?? usual) * minuteMs;
    // What the sweeper has not judged yet is over all the same.
    const from = sweptUntil + Math.max(0, Math.floor((now - sweptUntil) / intervalMs)) * intervalMs;
    const inTurn = last !== undefined && last.markedAt >= from;
    return {
      positionId, cameraId, camera: cameras.get(cameraId) ?? '', name, postId, post: postId === null ? null : (postName.get(postId) ?? null), intervalMinutes: intervalMinutes ?? usual, ownInterval: intervalMinutes !== null,
      from, until: from + intervalMs, state: !inTurn ? 'due' : last.rushed ? 'rushed' : 'viewed',
      last: last === undefined ? null : { mark: last.mark, at: last.markedAt, by: last.byName, watchedSeconds: Math.round(last.watchedMs / secondMs), rushed: last.rushed },
    };
  });
  const groups = [...Map.groupBy(positions, ({ postId }) => postId)].map(([postId, own]) => ({
    post: postId === null ? everybody : { zh: postName.get(postId) ?? '', en: postName.get(postId) ?? '' },
    people: [...new Set(holders.filter((holder) => postId === null || holder.postId === postId).map(({ name }) => name))], positions: own.map(({ name }) => name),
  }));
  const mark = may(caller.roles, roundsVerbs['rounds.mark']);
  const onPost = holders.some(({ personId }) => personId === caller.personId);
  return {
    positions, dwellSeconds: rules.number('round_dwell_seconds'), now, groups: [...groupsShared.find(() => groups)],
    can: { mark: mark !== true ? mark : onPost ? true : refuse('on_post_only').sentence, manage: may(caller.roles, roundsVerbs['rounds.manage']) === true },
  };
};

export const coverageView = async (context: RoundsContext, caller: Caller, hours: number): Promise<z.output<typeof contract.coverage.response>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const from = Math.floor(now / hourMs) * hourMs - (hours - 1) * hourMs;
  const rules = await context.rules(db, caller, now);
  const turns = await turnsBetween(db, caller.roomId, from, now);
  const limitMs = rules.number('abnormal_mark_within_minutes') * minuteMs;
  const targetPercent = rules.number('round_coverage_target_percent');
  const positions = new Map((await positionsOf(db, caller.roomId)).map(({ cameraId, name }) => [cameraId, name]));
  const abnormal = (await marksBetween(db, caller.roomId, from, now + 1, 5_000)).filter(({ mark }) => mark === 'abnormal');
  const detections = (await context.events(db, caller.roomId, { from, until: now + 1 })).flatMap(({ cameraId, event, at }) => {
    const camera = positions.get(cameraId);
    if (camera === undefined) return [];
    const markedAt = abnormal.find((mark) => mark.cameraId === cameraId && mark.markedAt >= at)?.markedAt ?? null;
    const late = lateDetections.find(() => ((markedAt ?? now) - at > limitMs ? [true] : [])).length > 0;
    return [{ camera, event, at, markedAt, seconds: markedAt === null ? null : Math.round((markedAt - at) / secondMs), late }];
  });
  const missed = turns.filter(({ outcome }) => outcome !== 'viewed').slice(-mostMissed).toReversed().map(({ positionId, name, from: begun, until, outcome, shift, onPost }) => ({ positionId, name, from: begun, until, outcome, shift, onPost }));
  return { hours: hoursOf(turns, { from, until: now }), targetPercent, missed, shifts: shiftsOf(turns, targetPercent), detections, limitSeconds: limitMs / secondMs };
};

export const marksView = async (context: RoundsContext, caller: Caller, hours: number): Promise<z.output<typeof contract.marks.response>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const rows = (await marksBetween(db, caller.roomId, now - hours * hourMs, now + 1, mostMarks + 1)).toReversed();
  const cameras = new Map((await context.cameras(db, caller.roomId)).map(({ cameraId, camera }) => [cameraId, camera]));
  return {
    marks: rows.slice(0, mostMarks).map(({ markId, name, cameraId, mark, text, markedAt, byName, watchedMs, rushed, entryId }) => ({ markId, name, camera: cameras.get(cameraId) ?? name, mark, text, at: markedAt, by: byName, watchedSeconds: Math.round(watchedMs / secondMs), rushed, entryId })),
    more: rows.length > mostMarks,
  };
};
