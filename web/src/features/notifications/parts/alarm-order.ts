/** Order, weight and standing of alarms on the screen. Pure. */
import type { AlarmView } from '../../../../../contract/notifications.ts';
import type { Priority } from '../../../ui/marks.tsx';

const classes: readonly AlarmView['class'][] = ['fire', 'panic', 'intrusion', 'system', 'room', 'duty', 'device'];

export const priorityOf = (alarm: Pick<AlarmView, 'class' | 'severity' | 'clearedAt'>): Priority => {
  if (alarm.clearedAt !== null) return 'information';
  if (alarm.severity === 'major' || alarm.class === 'intrusion') return 'critical';
  return alarm.severity === 'serious' || alarm.class === 'device' ? 'high' : 'medium';
};

/** How it stands, in one word for every place that says it: over is what ended by itself and still waits for a person. */
export const standingOf = ({ state, clearedAt }: Pick<AlarmView, 'state' | 'clearedAt'>): 'closed' | 'over' | 'acknowledged' | 'shelved' | 'waiting' => (state === 'closed' ? 'closed' : clearedAt !== null ? 'over' : state);

/** Since when its clock counts: what it is about, as long as that lasts; then the wait for whoever acknowledges it. */
export const countsFrom = ({ raisedAt, ringsSince, clearedAt }: Pick<AlarmView, 'raisedAt' | 'ringsSince' | 'clearedAt'>): number => (clearedAt === null ? raisedAt : Math.max(clearedAt, ringsSince));

const priorities: readonly Priority[] = ['critical', 'high', 'medium', 'information'];
type Sortable = Pick<AlarmView, 'class' | 'severity' | 'clearedAt' | 'state' | 'raisedAt'>;
const rank = (alarm: Sortable): number => (alarm.state === 'waiting' ? 0 : 100) + priorities.indexOf(priorityOf(alarm)) * 10 + classes.indexOf(alarm.class);

/** Waiting before acknowledged, graver before lighter, older before newer. */
export const inOrder = <A extends Sortable>(alarms: readonly A[]): A[] => [...alarms].sort((a, b) => rank(a) - rank(b) || a.raisedAt - b.raisedAt);

/** The class that must be heard now; null: silence. What is over is listed and makes no sound. */
export const soundingClass = (alarms: readonly Sortable[]): AlarmView['class'] | null => inOrder(alarms.filter((alarm) => alarm.state === 'waiting' && alarm.clearedAt === null))[0]?.class ?? null;

/** Which alarm is selected: the one chosen, as long as it is listed; a new one never takes the place. */
export const keptSelection = (ids: readonly string[], chosen: string | null): string | null => (chosen !== null && ids.includes(chosen) ? chosen : null);
export const moved = (ids: readonly string[], chosen: string | null, by: 1 | -1): string | null => {
  if (ids.length === 0) return null;
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  return ids[Math.min(ids.length - 1, Math.max(0, at === -1 ? 0 : at + by))] ?? null;
};
