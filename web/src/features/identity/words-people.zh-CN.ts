/** Words of rights, titles, files of people, device passwords and qualifications. */
export const roomPeopleZh = {
  import: {
    title: '导入人员', about: '从 Excel 或 CSV 读取，先看结果再导入。有问题的行不会导入，也不会丢失。', file: '文件', template: '下载模板（Excel）', choose: '选择人员表（.xlsx 或 .csv）', preview: '{{good}} 行可以导入，{{wrong}} 行有问题', act: '导入 {{count}} 人', caption: '人员表内容', line: '行', faults: '检查结果', fine: '正常', allDone: '全部导入完毕。',
  },
  slips: { title: '初始密码（{{count}} 人）', once: '初始密码只显示这一次。请打印，裁开后当面交给本人。', print: '打印密码条', change: '首次登录须修改密码。' },
  titles: { title: '岗位名称', about: '本单位对规定中各岗位的叫法。界面和人员表都用它。', standard: '规定中的岗位', own: '本单位名称', same: '同左', of: '“{{role}}”在本单位称为', zh: '中文名称', en: '英文名称', back: '恢复标准名称' },
  grants: {
    title: '权限', none: '没有权限。', from: '开始', until: '有效至', open: '长期', by: '批准人', end: '收回', ended: '已结束', endTitle: '收回 {{name}} 的“{{role}}”', endText: '立即生效，正在观看的画面随即停止。', role: '岗位', lastDay: '最后一天', lastDayHint: '含当天；长期有效请留空。', reason: '原因', act: '授予',
  },
  security: { title: '账号安全', reset: '重置第二种验证', resetTitle: '重置 {{name}} 的第二种验证', resetText: '其通行密钥和动态验证码全部失效，可凭密码登录后重新添加。' },
  devices: {
    title: '设备密码', about: '电脑、录像机、摄像机和网络设备的密码由谁负责、何时更换。密码加密保存，不再显示。', add: '登记密码', device: '设备', deviceHint: '例如：值班台电脑 1、接入交换机 2。', kind: '类型', account: '设备上的账号', owner: '责任人', strength: '长度与强度', none: '无密码', signs: '{{count}} 位 · {{level}}', since: '设置日期', due: '应换日期', findings: '检查结果', password: '密码', newPassword: '新密码', passwordHint: '设备没有密码请留空。保存后任何人都看不到。', rotate: '已更换', rotateTitle: '{{device}}：登记新密码', retire: '撤下', retireTitle: '撤下 {{device}}', retireText: '不再检查和提醒。记录保留。', discloseTitle: '{{device}} 的密码泄露', discloseText: '报告后列入检查结果，直到登记新密码。', wrong: '{{count}} 台设备的密码有问题。', lastScan: '上次全面检查：{{day}}。', empty: '还没有登记设备密码。',
    kinds: { computer: '电脑', recorder: '录像机', camera: '摄像机', network: '网络设备', other: '其他' },
    found: { no_password: '没有密码', factory: '出厂密码', weak: '密码太弱', overdue: '到期未换', disclosed: '已泄露', owner_left: '责任人已离开' },
  },
  qualifications: {
    title: '资格与培训', about: '谁持有什么证件、受过什么培训，到何时有效。', add: '登记', needed: '本监控室规定：没有有效的监控台培训记录，不能登录监控台。', empty: '还没有登记。', kind: '种类', number: '编号', checkedBy: '核对人', scan: '扫描件', open: '查看', scanChoose: '扫描件（JPEG、PNG 或 PDF，可不附）', seen: '保存即表示您已核对原件。自己的证件由他人登记。', withdraw: '撤销', withdrawTitle: '撤销 {{name}} 的记录', withdrawText: '撤销后不再算数，记录保留。',
    kinds: { console_training: '监控台培训', guard_certificate: '保安员证', fire_control_certificate: '消防设施操作员证', background_check: '背景审查', confidentiality_training: '保密教育', other: '其他' },
  },
};
