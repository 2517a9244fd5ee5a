/** Cameras whose alarms wait for an answer, newest first: the wall brings the newest into the picture (RES-4.2.1). */
import { listAlarms } from '../../../../../contract/notifications.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';

const againMs = 10_000;

export const useAlarmCameras = (): readonly string[] => {
  const can = useCan('notifications.alarms.see');
  const alarms = useEndpoint(listAlarms, {}, { enabled: can === true, refetchMs: againMs });
  const waiting = (alarms.data?.alarms ?? []).filter(({ state, cameraId }) => state === 'waiting' && cameraId !== null).toSorted((a, b) => b.ringsSince - a.ringsSince);
  return [...new Set(waiting.flatMap(({ cameraId }) => (cameraId === null ? [] : [cameraId])))];
};
