/** What people may do with alarms and notices. Notices to oneself and confidential reports need no role: whoever is signed in has them. */
import { declareVerbs } from '../identity/index.ts';

const room = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager'] as const;
const ladder = ['technician', 'guard_captain', 'security_department', 'leader'] as const;

export const notificationsVerbs = declareVerbs('notifications', {
  'notifications.alarms.see': { zh: '查看报警', en: 'see alarms', roles: [...room, ...ladder, 'system_administrator'] },
  'notifications.alarms.history': { zh: '查看报警记录', en: 'see the record of alarms', roles: [...room, ...ladder, 'auditor', 'inspector', 'security_administrator'] },
  'notifications.alarms.acknowledge': { zh: '确认、结束报警', en: 'acknowledge and close alarms', roles: [...room, 'technician', 'guard_captain', 'security_department'] },
  'notifications.alarms.shelve': { zh: '搁置报警', en: 'put alarms aside', roles: ['shift_leader', 'duty_manager', 'room_manager'] },
  'notifications.alarms.raise': { zh: '一键报警', en: 'raise an alarm with one key', roles: [...room, 'guard_captain'] },
  'notifications.sound.test': { zh: '测试报警声音', en: 'test the sound of alarms', roles: [...room, 'guard_captain'] },
  'notifications.matrix.see': { zh: '查看通知矩阵', en: 'see the matrix of notices', roles: [...room, 'security_department', 'leader', 'auditor', 'inspector', 'system_administrator'] },
  'notifications.matrix.change': { zh: '修改通知矩阵', en: 'change the matrix of notices', roles: ['room_manager', 'security_department'] },
  'notifications.channels.see': { zh: '查看通知渠道', en: 'see the channels of notices', roles: ['system_administrator'] },
  'notifications.channels.change': { zh: '设置通知渠道', en: 'set up the channels of notices', roles: ['system_administrator'] },
  'notifications.confidential.set': { zh: '指定保密上报的接收人', en: 'name who receives confidential reports', roles: ['system_administrator'] },
});
