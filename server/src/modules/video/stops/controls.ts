/** Rules of stopping that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

export const stopsNeedWindow = declareControl({
  name: 'video.stops_need_window', holds: { zh: '没有获准的时段不能停录或重启录像服务', en: 'recording is stopped, and the recorder restarted, within an approved window only' },
  pairs: ['ART-10.1.3 RECORDING', 'SCH-2.7.1 RECORDING', 'BRN-A1.2.4 RECORDING'],
});
export const stopsAskedAhead = declareControl({
  name: 'video.stops_asked_ahead', holds: { zh: '停录须提前申请，来不及的注明紧急', en: 'a stop is asked for ahead of time, or marked as urgent' }, pairs: ['ART-10.1.2 RECORDING'],
});

export const stopControls: readonly Control[] = [stopsNeedWindow, stopsAskedAhead];
