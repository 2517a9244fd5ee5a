/** Rules of storages that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

/** Storage that will not hold footage for its term is foretold, days before the first of it is lost. */
export const storageForetold = declareControl({
  name: 'video.storage_foretold', holds: { zh: '预计存储保存不到期限即提前报警', en: 'storage that will not hold footage for its term is foretold with an alarm' }, pairs: ['TEN-6.1 RETENTION'],
});
/** What lies on disk is read again and compared; what is missing or altered is named. */
export const verifiedAgain = declareControl({
  name: 'video.verified_again', holds: { zh: '录像定期重新核验，缺失和改动逐段点名', en: 'footage is verified again in turn; what is missing or altered is named' }, pairs: ['SCH-2.7.2 RETENTION', 'SCH-2.7.3 INTEGRITY', 'COR-2.1.4 INTEGRITY'],
});
/** Footage that went before the end of its term is named, camera by camera. */
export const deletionsNamed = declareControl({
  name: 'video.deletions_named', holds: { zh: '未到期限被删的录像逐台点名', en: 'footage deleted before the end of its term is named' }, pairs: ['SCH-2.7.2 RETENTION'],
});

export const storageControls: readonly Control[] = [storageForetold, verifiedAgain, deletionsNamed];
