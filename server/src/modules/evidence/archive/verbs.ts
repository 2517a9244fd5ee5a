/** What people may do with the archive. */
import { declareVerbs } from '../../../mechanisms/identity/index.ts';

const room = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian'] as const;
const over = ['security_department', 'leader'] as const;

export const archiveVerbs = declareVerbs('evidence', {
  'evidence.archive.see': { zh: '查看资料档案目录', en: 'see the list of the archive', roles: [...room, ...over, 'auditor', 'inspector'] },
  'evidence.archive.file': { zh: '归档、著录、登记收到的证据', en: 'file, describe and take in evidence', roles: room, onPost: true },
  'evidence.archive.ask': { zh: '申请查阅、借出、移交、公布、销毁档案', en: 'ask to view, lend, transfer, publish or destroy items', roles: [...room, ...over] },
  'evidence.archive.open': { zh: '凭批准查阅档案', en: 'open items under an approved order', roles: [...room, ...over], footage: true },
  'evidence.archive.carry_out': { zh: '执行档案借出、移交、公布、销毁，登记归还', en: 'lend, transfer, publish, destroy and take back items', roles: ['shift_leader', 'duty_manager', 'room_manager', 'video_custodian'] },
  'evidence.archive.release': { zh: '解除档案锁定', en: 'release the hold on items', roles: over, stepUp: true },
  'evidence.archive.keep': { zh: '保管、清点、接管档案', en: 'keep, count and take over the archive', roles: ['shift_leader', 'room_manager', 'video_custodian'] },
  'evidence.archive.register': { zh: '查阅、导出档案登记', en: 'read and export the register of the archive', roles: ['shift_leader', 'duty_manager', 'room_manager', 'video_custodian', ...over, 'auditor', 'inspector'] },
});
/** Who may be custodian: those who hold the verb to keep. */
export const custodianRoles = archiveVerbs['evidence.archive.keep'].roles;
