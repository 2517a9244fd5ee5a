/** Rules of footage that clauses ask for, each at one place; those of the register stand beside it. */
import { declareControl, type Control } from '../../base/control.ts';
import { backupControls } from './backup/controls.ts';
import { completenessControls } from './completeness/controls.ts';
import { consoleControls } from './consoles/controls.ts';
import { markControls } from './marks/controls.ts';
import { registerControls } from './register/controls.ts';
import { stopControls } from './stops/controls.ts';
import { storageControls } from './storage/controls.ts';

/** What the recorder tells of a gap past its limit becomes an alarm of the room. */
export const gapsAlarmed = declareControl({
  name: 'video.gaps_alarmed', holds: { zh: '录像中断超过时限即报警', en: 'a gap past its limit is alarmed' }, pairs: ['BRN-4.3 RECORDING', 'COR-3.2.1 RECORDING'],
});
/** A watched picture that is further behind than the room allows becomes an alarm. */
export const behindAlarmed = declareControl({
  name: 'video.behind_alarmed', holds: { zh: '实时画面滞后超过时限即报警', en: 'a live picture past the allowed delay is alarmed' }, pairs: ['RES-5.1.2 WALL'],
});
/** Deleted once its term is over, and not before. */
export const deletedAfterTerm = declareControl({
  name: 'video.deleted_after_term', holds: { zh: '录像期满才删除，期满即删除', en: 'footage is deleted when its term is over, and not before' }, pairs: ['TEN-6.3 RETENTION'],
});

export const videoControls: readonly Control[] = [gapsAlarmed, behindAlarmed, deletedAfterTerm, ...storageControls, ...stopControls, ...backupControls, ...completenessControls, ...consoleControls, ...markControls, ...registerControls];
