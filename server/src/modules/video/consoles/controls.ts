/** Rules of receivers, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

export const knownReceiversOnly = declareControl({
  name: 'video.known_receivers_only', holds: { zh: '画面只送到已登记的操作台', en: 'pictures go to registered consoles only' }, pairs: ['ART-12.2.2 EGRESS', 'TEN-5.2 EGRESS'],
});

export const consoleControls: readonly Control[] = [knownReceiversOnly];
