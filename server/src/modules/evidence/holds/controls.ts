/** The rule of holds that clauses ask for, at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** What is held stays, whatever path wants it gone: retention decides the earliest end, not the latest. */
export const holdsBeatDeletion = declareControl({
  name: 'evidence.holds_beat_deletion', holds: { zh: '锁定的录像任何途径都不能删除', en: 'no path deletes footage that is held' }, pairs: ['TEN-6.3 RETENTION'],
});

export const holdControls: readonly Control[] = [holdsBeatDeletion];
