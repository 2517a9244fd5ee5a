/** How facts tell of a stop. */
import type { Db } from '../../../platform/postgres/db.ts';
import { knownCameras } from '../footage-store.ts';
import type { Stop } from './store.ts';

export const bodyOf = async (db: Db, { stopId, approvalId, scope, cameraIds, from, until }: Pick<Stop, 'stopId' | 'approvalId' | 'scope' | 'cameraIds' | 'from' | 'until'>) => {
  const names = await knownCameras(db, [...cameraIds]);
  return { stopId, approvalId, scope, cameras: cameraIds.map((cameraId) => ({ cameraId, camera: names.get(cameraId) ?? '' })), count: cameraIds.length, from, until };
};
