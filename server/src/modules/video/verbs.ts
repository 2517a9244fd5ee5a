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
  'video.live.watch': { zh: '观看实时画面', en: 'watch live pictures', roles: [...watchers], footage: true, onPost: true },
  'video.footage.play': { zh: '回放录像', en: 'play back footage', roles: ['duty_operator', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian'], footage: true, onPost: true },
  'video.snapshot.take': { zh: '抓拍', en: 'take snapshots', roles: [...watchers, 'video_custodian'], footage: true, onPost: true },
  'video.snapshot.see': { zh: '查看抓拍', en: 'see snapshots', roles: [...watchers, 'video_custodian', 'security_department'], footage: true },
});
