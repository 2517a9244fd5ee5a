/** The rules of holds that clauses and the room ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** What is held stays, whatever path wants it gone. */
export const holdsBeatDeletion = declareControl({
  name: 'evidence.holds_beat_deletion', holds: { zh: '锁定的录像任何途径都不能删除', en: 'no path deletes footage that is held' }, pairs: [],
});
/** A requester holds undecided footage within a quota. */
export const withinQuota = declareControl({
  name: 'evidence.hold_quota', holds: { zh: '每人待决锁定不超过上限', en: 'a requester holds undecided footage within the quota' }, pairs: [],
});
/** Held footage takes its share of the storage; beyond it a confirmation names where room was made. */
export const withinShare = declareControl({
  name: 'evidence.hold_share', holds: { zh: '锁定录像超过存储占比时须说明腾出的空间', en: 'beyond its share of the storage a confirmation says where room was made' }, pairs: [],
});

export const holdControls: readonly Control[] = [holdsBeatDeletion, withinQuota, withinShare];
