/** Rules of backup that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../../base/control.ts';

export const backupApart = declareControl({
  name: 'video.backup_apart', holds: { zh: '备份不放在主存储的磁盘上', en: 'copies do not lie on the disk of the originals' }, pairs: ['BUS-1.4.2 BACKUP'],
});
export const copyFaultsTold = declareControl({
  name: 'video.copy_faults_told', holds: { zh: '备份失败即报警，未备份时段列出', en: 'a copy that fails is alarmed, and what is not copied is listed' }, pairs: ['COR-3.2.2 BACKUP'],
});
export const copiesInTime = declareControl({
  name: 'video.copies_in_time', holds: { zh: '每台摄像机的录像按期备份，超期报警', en: 'footage of every camera is copied within the period, else alarmed' }, pairs: ['TEN-6.2 BACKUP'],
});
export const runsInTime = declareControl({
  name: 'video.backups_in_time', holds: { zh: '系统数据按期备份，漏一次即报警', en: 'the room is backed up within the period; a run that is missed is alarmed' }, pairs: ['COR-5.3.2 BACKUP', 'GEN-4.2.5 BACKUP'],
});
export const drillsInTime = declareControl({
  name: 'video.drills_in_time', holds: { zh: '恢复演练按期进行，逾期报警', en: 'restores are drilled within the period, else alarmed' }, pairs: ['GEN-4.2.6 BACKUP'],
});
export const drillsCompared = declareControl({
  name: 'video.drills_compared', holds: { zh: '演练真实恢复并比对哈希', en: 'a drill really restores and compares hashes' }, pairs: ['COR-5.3.3 BACKUP'],
});
export const copiesVerified = declareControl({
  name: 'video.copies_verified', holds: { zh: '备份定期核验，损坏即发现', en: 'copies and backups are verified in turn; a damaged one is found' }, pairs: ['GEN-4.2.7 BACKUP', 'COR-5.3.2 BACKUP'],
});
export const copyStandsIn = declareControl({
  name: 'video.copy_stands_in', holds: { zh: '主存储丢失的录像凭同样的批准从备份回放', en: 'what is lost plays from its copy, under the same approvals' }, pairs: ['COR-5.3.4 BACKUP'],
});
export const lostRestored = declareControl({
  name: 'video.lost_restored', holds: { zh: '缺失的录像可从备份恢复', en: 'footage that is lost can be restored from its copy' }, pairs: ['SCH-2.3.2 BACKUP'],
});

export const backupControls: readonly Control[] = [backupApart, copyFaultsTold, copiesInTime, runsInTime, drillsInTime, drillsCompared, copiesVerified, copyStandsIn, lostRestored];
