/** Stops as people see them: what may begin, what runs, what was, and what the rules ask. */
import type { StopView } from '../../../../../contract/stops.ts';
import { questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { knownCameras } from '../footage-store.ts';
import { restartsOf, stopsOf, type Stop } from './store.ts';
import { approverWords, endingWords } from './words.ts';

const shown = 100;

const viewOf = (stop: Stop, cameras: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): StopView => ({
  stopId: stop.stopId, approvalId: stop.approvalId, scope: stop.scope, cameras: stop.cameraIds.map((cameraId) => ({ cameraId, camera: cameras.get(cameraId) ?? '' })), from: stop.from, until: stop.until, urgent: stop.urgent,
  reason: stop.reason, state: stop.state, begunAt: stop.begunAt, begunBy: stop.begunBy === null ? null : (names.get(stop.begunBy) ?? ''), endedAt: stop.endedAt,
  ending: endingWords[stop.ending ?? (stop.state === 'lapsed' || stop.state === 'revoked' ? stop.state : '')] ?? null,
});

export const stopsView = async (context: VideoContext, caller: Caller) => {
  const { db } = context.database;
  const { siteId, roomId } = caller;
  const rules = await context.register.rules(db, { siteId, roomId }, context.clock.now());
  const stops = await stopsOf(db, siteId, shown);
  const cameras = await knownCameras(db, [...new Set(stops.flatMap(({ cameraIds }) => cameraIds))]);
  const names = await people.personNames(db, [...new Set(stops.flatMap(({ begunBy }) => (begunBy === null ? [] : [begunBy])))]);
  const restarts = await restartsOf(db, siteId);
  return {
    stops: stops.map((stop) => viewOf(stop, cameras, names)), allowed: rules.flag('planned_stop_allowed'), leadHours: rules.number('planned_stop_lead_hours'), maxHours: rules.number('planned_stop_max_hours'),
    approver: approverWords[rules.text('stop_approver')] ?? { zh: '', en: '' }, restarts,
  };
};
