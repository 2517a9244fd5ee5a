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
  'video.consoles.see': { zh: '查看已登记的操作台', en: 'see registered consoles', roles: ['system_administrator', 'security_department', 'room_manager'] },
  'video.consoles.manage': { zh: '登记、撤销操作台', en: 'register and remove consoles', roles: ['system_administrator'] },
  'video.positions.see': { zh: '查看摄像机位置、监视范围和平面图', en: 'see positions and views of cameras, and plans', roles: [...watchers, 'technician', 'security_department', 'system_administrator'] },
  'video.purpose.ask': { zh: '申请变更摄像用途', en: 'ask for another purpose of a camera', roles: ['system_administrator', 'room_manager', 'security_department'] },
  'video.storages.see': { zh: '查看录像存储', en: 'see the storages of footage', roles: ['technician', 'duty_manager', 'room_manager', 'video_custodian', 'security_department', 'auditor', 'inspector', 'system_administrator'] },
  'video.storages.manage': { zh: '添加、清空、停用录像存储', en: 'add, empty and retire storages', roles: ['system_administrator'] },
  'video.stop.see': { zh: '查看停录与完整率', en: 'see stops of recording and completeness', roles: [...watchers, 'technician', 'video_custodian', 'security_department', 'leader', 'auditor', 'inspector', 'system_administrator'] },
  'video.stop.ask': { zh: '申请停录', en: 'ask for a stop of recording', roles: ['technician', 'shift_leader', 'duty_manager', 'room_manager', 'security_department', 'system_administrator'] },
  'video.stop.run': { zh: '在获准的时段内停录、重启录像服务', en: 'stop recording and restart the recorder within an approved window', roles: ['technician', 'duty_manager', 'system_administrator'] },
  'video.backup.see': { zh: '查看备份', en: 'see copies and backups', roles: ['technician', 'duty_manager', 'room_manager', 'video_custodian', 'security_department', 'auditor', 'inspector', 'system_administrator'] },
  'video.backup.manage': { zh: '设定备份文件夹和备份范围', en: 'set the folder for copies and what is copied', roles: ['system_administrator'] },
  'video.backup.run': { zh: '备份、演练和恢复', en: 'back up, drill and restore', roles: ['technician', 'video_custodian', 'system_administrator'] },
  'video.live.watch': { zh: '观看实时画面', en: 'watch live pictures', roles: [...watchers], footage: true, onPost: true },
  'video.wall.arrange': { zh: '保存本岗位的画面布局', en: 'save layouts of the wall', roles: [...watchers], onPost: true },
  'video.wall.guest': { zh: '设定有外来人员时显示什么', en: 'set what outsiders may see', roles: ['shift_leader', 'duty_manager', 'room_manager'] },
  'video.marks.see': { zh: '查看画面标记', en: 'see marked moments', roles: [...watchers, 'video_custodian'] },
  'video.marks.make': { zh: '标记画面', en: 'mark moments', roles: [...watchers, 'video_custodian'], onPost: true },
  'video.marks.strike': { zh: '划去他人的标记', en: 'strike marks of others', roles: ['shift_leader', 'duty_manager', 'room_manager'] },
  'video.ptz.turn': { zh: '转动摄像机', en: 'turn cameras', roles: [...watchers], onPost: true },
  'video.footage.play': { zh: '回放录像', en: 'play back footage', roles: ['duty_operator', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian'], footage: true, onPost: true },
  'video.footage.granted': {
    zh: '在获准范围内回放录像',
    en: 'play back the footage of a grant',
    roles: [...watchers, 'technician', 'guard_captain', 'video_custodian', 'security_department', 'leader', 'requester', 'auditor', 'inspector'],
    footage: true,
  },
  'video.snapshot.take': { zh: '抓拍', en: 'take snapshots', roles: [...watchers, 'video_custodian'], footage: true, onPost: true },
  'video.snapshot.annotate': { zh: '给抓拍写说明', en: 'write to a snapshot', roles: [...watchers, 'video_custodian'], onPost: true },
  'video.snapshot.see': { zh: '查看抓拍', en: 'see snapshots', roles: [...watchers, 'video_custodian', 'security_department'], footage: true },
});
