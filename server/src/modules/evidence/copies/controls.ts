/** The rules of copies that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** No other way out: without an approved request for a copy nothing is exported, and the attempt is on record. */
export const copyOnlyApproved = declareControl({
  name: 'evidence.copy_only_approved', holds: { zh: '未经批准不能导出录像', en: 'nothing is exported without an approved request for a copy' },
  pairs: ['SAF-4.1.2 COPYREQ', 'BUS-1.4.5 COPYREQ', 'BUS-1.4.9 COPYREQ', 'BUS-2.2.4 COPYREQ', 'BUS-2.4.2 COPYREQ', 'ART-12.2.1 COPYREQ', 'SCH-2.4.1 COPYREQ', 'BRN-A4.3.1 COPYREQ', 'BRN-A4.5.1 COPYREQ', 'TEN-7.4 COPYREQ', 'BUS-2.2.4 EVIDENCE', 'COR-4.1.5 EGRESS', 'SCH-2.4.3 EGRESS', 'BRN-A4.5.2 EGRESS', 'SAF-4.1.3 EGRESS'],
});
export const handedToSomebody = declareControl({
  name: 'evidence.handed_to_somebody', holds: { zh: '交付必须写明接收人', en: 'a copy is handed over to somebody by name' }, pairs: ['BUS-1.4.12 COPYREQ', 'TEN-7.4 COPYREQ'],
});
/** Wiping and destroying take two persons. */
export const twoAtTheEnd = declareControl({
  name: 'evidence.two_at_the_end', holds: { zh: '清除、销毁拷贝须两人', en: 'a copy is wiped or destroyed by two persons' }, pairs: ['SEC-3.5 EVIDENCE'],
});
/** Each copy that was made stands in the register, whatever became of it. */
export const everyCopyRegistered = declareControl({
  name: 'evidence.every_copy_registered', holds: { zh: '每份拷贝都在登记表中', en: 'every copy stands in the register' }, pairs: ['BUS-1.4.12 COPYREQ', 'BUS-2.4.4 COPYREQ'],
});
export const overdueFound = declareControl({
  name: 'evidence.overdue_found', holds: { zh: '逾期未还的拷贝会被查出', en: 'a copy that was not given back in time is found' }, pairs: ['SEC-3.5 EVIDENCE'],
});

export const copyControls: readonly Control[] = [copyOnlyApproved, handedToSomebody, twoAtTheEnd, everyCopyRegistered, overdueFound];
