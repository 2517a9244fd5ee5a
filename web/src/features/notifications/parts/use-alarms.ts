/** Open alarms of the room: pushed by the live socket, asked for as a fallback. */
import { listAlarms } from '../../../../../contract/notifications.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { notificationVerbs } from '../verbs.ts';
import { inOrder } from './alarm-order.ts';

const askEveryMs = 10_000;

export const useAlarms = () => {
  const sees = useCan(notificationVerbs.see) === true;
  const query = useEndpoint(listAlarms, {}, { enabled: sees, refetchMs: askEveryMs });
  const alarms = inOrder(query.data?.alarms ?? []);
  return { sees, query, alarms, waiting: alarms.filter(({ state }) => state === 'waiting'), sound: query.data?.sound ?? null };
};
