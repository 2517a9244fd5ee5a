/** What happened to a camera in a span: marks of people and alarms, oldest first. One jumps to them as to gaps. */
import { alarmHistory } from '../../../../../contract/notifications.ts';
import { listBookmarks } from '../../../../../contract/wall.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { useSay } from '../../../ui/say.ts';

export interface FootageEvent {
  id: string;
  at: number;
  kind: 'bookmark' | 'suspicious' | 'alarm';
  words: string;
}
const againMs = 30_000;
/** Asked for by whole hours: the span moves with the playhead and the answer need not. */
const hourMs = 3_600_000;

export const useEvents = (cameraId: string, span: { from: number; until: number }): readonly FootageEvent[] => {
  const say = useSay();
  const [seesMarks, seesAlarms] = [useCan('video.marks.see') === true, useCan('notifications.alarms.see') === true];
  const [from, until] = [Math.floor(span.from / hourMs) * hourMs, Math.ceil(span.until / hourMs) * hourMs];
  const marks = useEndpoint(listBookmarks, { query: { cameraId, from, until } }, { enabled: seesMarks, refetchMs: againMs, keepOld: true });
  const alarms = useEndpoint(alarmHistory, { query: { cameraId, from, until } }, { enabled: seesAlarms, refetchMs: againMs, keepOld: true });
  const found: FootageEvent[] = [
    ...(marks.data?.bookmarks ?? []).map(({ bookmarkId, frameAt, kind, note, madeBy }) => ({ id: bookmarkId, at: frameAt, kind, words: note === '' ? madeBy : note })),
    ...(alarms.data?.alarms ?? []).map(({ alarmId, raisedAt, sentence }) => ({ id: alarmId, at: raisedAt, kind: 'alarm' as const, words: say(sentence) })),
  ];
  return found.toSorted((a, b) => a.at - b.at);
};
