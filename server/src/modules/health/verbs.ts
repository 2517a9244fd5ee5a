/** What people may do with the state of devices. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const watch = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager'] as const;

export const healthVerbs = declareVerbs('health', {
  'health.see': { zh: '查看设备状态', en: 'see the state of the devices', roles: [...watch, 'room_manager', 'security_department', 'leader', 'technician', 'system_administrator', 'auditor'] },
  'health.stills.see': { zh: '查看设备异常画面', en: 'see pictures of troubles', roles: [...watch, 'room_manager', 'technician'], footage: true },
  'health.reference.keep': { zh: '保存基准画面、立即检查', en: 'keep reference pictures, check now', roles: ['shift_leader', 'duty_manager', 'room_manager', 'technician'], footage: true },
  'health.sources.manage': { zh: '管理时间服务器和电源', en: 'manage time servers and power supplies', roles: ['system_administrator'] },
});
