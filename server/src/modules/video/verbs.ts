/** What people may do with cameras and footage. Administrators see no footage; they see the test picture of a camera that they add. */
import { declareVerbs } from '../../mechanisms/identity/index.ts';

const watchers = ['duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager'] as const;

export const verbs = declareVerbs('video', {
  'video.cameras.see': {
    zh: '查看摄像机列表和状态',
    en: 'see the cameras and their state',
    roles: [...watchers, 'technician', 'video_custodian', 'security_department', 'system_administrator'],
  },
  'video.cameras.manage': { zh: '添加、修改、撤除摄像机', en: 'add, change and retire cameras', roles: ['system_administrator'] },
  'video.cameras.test': { zh: '测试摄像机地址', en: 'test a camera address', roles: ['system_administrator'] },
  'video.positions.see': { zh: '查看摄像机位置、监视范围和平面图', en: 'see positions and views of cameras, and plans', roles: [...watchers, 'technician', 'security_department', 'system_administrator'] },
  'video.purpose.ask': { zh: '申请变更摄像用途', en: 'ask for another purpose of a camera', roles: ['system_administrator', 'room_manager', 'security_department'] },
  'video.live.watch': { zh: '观看实时画面', en: 'watch live pictures', roles: [...watchers], footage: true, onPost: true },
  'video.footage.play': { zh: '回放录像', en: 'play back footage', roles: ['duty_operator', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian'], footage: true, onPost: true },
  'video.footage.granted': {
    zh: '在获准范围内回放录像',
    en: 'play back the footage of a grant',
    roles: [...watchers, 'technician', 'guard_captain', 'video_custodian', 'security_department', 'leader', 'requester', 'auditor', 'inspector'],
    footage: true,
  },
  'video.snapshot.take': { zh: '抓拍', en: 'take snapshots', roles: [...watchers, 'video_custodian'], footage: true, onPost: true },
  'video.snapshot.see': { zh: '查看抓拍', en: 'see snapshots', roles: [...watchers, 'video_custodian', 'security_department'], footage: true },
});
