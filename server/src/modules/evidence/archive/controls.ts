/** The rules of the archive that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

export const everyDayIndexed = declareControl({
  name: 'evidence.every_day_indexed', holds: { zh: '每台摄像机每一天都在索引中', en: 'every day of every camera stands in the index, with its state and place' }, pairs: ['BUS-1.4.3 EVIDENCE'],
});
/** Who answers for the archive changes by a count that both sign. */
export const takenOverByCount = declareControl({
  name: 'evidence.taken_over_by_count', holds: { zh: '未经清点签字不能更换保管人', en: 'the archive changes hands by a signed count only' }, pairs: ['BUS-2.1.2 EVIDENCE'],
});
export const openedByOrder = declareControl({
  name: 'evidence.archive_opened_by_order', holds: { zh: '未经批准不能查阅档案', en: 'an item of the archive is opened under an approved order only' }, pairs: ['BUS-2.2.3 EVIDENCE', 'BUS-2.2.3 VIEWREQ', 'COR-5.3.4 EVIDENCE'],
});
/** Lent, transferred, published: whatever lets something leave the archive. */
export const leavesByOrder = declareControl({
  name: 'evidence.archive_leaves_by_order', holds: { zh: '未经批准不能借出、移交、公布档案', en: 'nothing of the archive is lent, transferred or published without an approved order' }, pairs: ['BUS-2.2.5 EVIDENCE'],
});
export const destroyedByOrder = declareControl({
  name: 'evidence.archive_destroyed_by_order', holds: { zh: '锁定中或未经批准的档案不能销毁', en: 'nothing of the archive is destroyed while it is held or without an approved order' }, pairs: ['BUS-2.2.6 EVIDENCE'],
});
export const classNamed = declareControl({
  name: 'evidence.archive_class_named', holds: { zh: '归档必须分类', en: 'what is filed has a class' }, pairs: ['RES-5.3.1 EVIDENCE'],
});
export const foundByIndex = declareControl({
  name: 'evidence.archive_found', holds: { zh: '归档资料可按索引查到', en: 'what is filed is found by its index' }, pairs: ['RES-5.3.2 EVIDENCE'],
});
export const incompleteFound = declareControl({
  name: 'evidence.archive_incomplete_found', holds: { zh: '缺项、缺录像的档案会被列出', en: 'an item with a missing field or missing footage is listed' }, pairs: ['RES-5.3.3 EVIDENCE'],
});
/** What is taken in has a giver, a number for their receipt and the hash of what they gave. */
export const receiptGiven = declareControl({
  name: 'evidence.archive_receipt_given', holds: { zh: '收到的证据有回执编号和校验值', en: 'what was received has a receipt number and a hash' }, pairs: ['RES-7.3.2 EVIDENCE'],
});
export const lentOverdueFound = declareControl({
  name: 'evidence.archive_overdue_found', holds: { zh: '借出逾期未还的档案会被查出', en: 'an item that was lent and is not back in time is found' }, pairs: ['SEC-3.5 EVIDENCE'],
});

export const archiveControls: readonly Control[] = [everyDayIndexed, takenOverByCount, openedByOrder, leavesByOrder, destroyedByOrder, classNamed, foundByIndex, incompleteFound, receiptGiven, lentOverdueFound];
