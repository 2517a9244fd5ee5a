/** The rules of looking at footage that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** Recorded footage opens to whom a right covers: by the approved request, or the watch by looking back a little. */
export const onlyWithRight = declareControl({
  name: 'evidence.playback_right', holds: { zh: '未经批准不能回放录像', en: 'recorded footage is not played without a right to it' },
  pairs: ['BUS-1.4.4 VIEWREQ', 'SEC-4.3 VIEWREQ', 'TEN-7.1 VIEWREQ', 'BRN-6.1 VIEWREQ'],
});
/** A grant covers its cameras and its span, nothing beside. */
export const withinGrant = declareControl({
  name: 'evidence.grant_span', holds: { zh: '授权只及其摄像机和时段', en: 'a grant covers its cameras and its span only' }, pairs: ['BRN-7.3 VIEWREQ'],
});
/** A grant holds in its time, and what plays under it ends with it. */
export const whileGrantHolds = declareControl({
  name: 'evidence.grant_time', holds: { zh: '授权到期、收回即停止播放', en: 'a grant ends at its end, and what plays under it with it' }, pairs: ['TEN-7.3 VIEWREQ'],
});

export const grantControls: readonly Control[] = [onlyWithRight, withinGrant, whileGrantHolds];
