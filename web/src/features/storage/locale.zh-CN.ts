/** Words of the storages. */
export const zh = {
  title: '存储',
  about: '录像存放在哪里，够存多久，每台摄像机存多少天、依据什么，文件是否完好，近期删除了什么。',
  report: '保存与核验报告',
  back: '返回存储',
  folders: { title: '录像存储', caption: '录像存储文件夹', empty: '还没有录像存储。', path: '文件夹', state: '状态', fill: '占用', footage: '录像', weight: '份额', cameras: '摄像机', acts: '操作', footageText: '{{size}}，{{segments}} 段', unknown: '录像服务没有应答', fillText: '剩余 {{free}} / {{total}}', fillLabel: '{{path}} 已用 {{percent}}%' },
  state: { in_use: '在用', emptying: '清空中', retired: '已停用', waiting: '等待录像服务', refused: '不能使用' },
  moving: '还有 {{segments}} 段未移出',
  stuck: '{{stuck}} 段移不出',
  add: { open: '添加存储', title: '添加录像存储', path: '文件夹', pathHelp: '录像服务所在电脑上的完整路径，例如 /mnt/disk2/vigil。须是空文件夹，或上级已存在的新文件夹。', weight: '份额', weightHelp: '与其他存储相比分到多少摄像机，1 至 100。', submit: '添加', cancel: '取消', done: '已添加，录像服务将启用。' },
  act: { weigh: '改份额', empty: '清空', keep: '停止清空', retire: '停用' },
  weigh: { title: '修改份额', text: '{{path}} 与其他存储相比分到多少摄像机。', submit: '保存' },
  empty: { title: '清空 {{path}}', text: '这里的录像逐段移到其他存储并核对，不再录入新的。锁定的录像同样移走，不会丢失。', submit: '开始清空' },
  keep: { title: '停止清空 {{path}}', text: '已移走的录像留在新的位置，这里继续录像。', submit: '停止清空' },
  retire: { title: '停用 {{path}}', text: '这处存储已清空。停用后可以取下磁盘；再次使用须重新添加。', submit: '停用' },
  forecast: {
    title: '预计', unknown: '还不能预计：录像服务没有应答，或还没有录像。', notMeasured: '录像还不满十分钟，以下按当前码率估算，未按实测。', enough: '足够：可保存 {{days}} 天以上，要求 {{required}} 天。', short: '不够：只能保存 {{days}} 天，要求 {{required}} 天。', inDays: '约 {{days}} 天后写满，之后最早的录像将提前删除。',
    rate: '每天录像', needed: '存满期限需要', capacity: '可用于录像', kept: '已存录像', plot: '录像占用：已存与今后 {{days}} 天', capacityLine: '可用容量', today: '今天', day: '{{day}} 天后', past: '过去', future: '预计',
  },
  cameras: { title: '各摄像机保存期', caption: '各摄像机保存天数及依据', empty: '还没有摄像机。', camera: '摄像机', days: '保存', why: '依据', oldest: '最早录像', size: '占用', rate: '每天', dayCount: '{{days}} 天', none: '没有录像' },
  verify: {
    title: '录像核验', about: '全部录像按录制时的哈希逐段重新核对，{{days}} 天一轮，低速进行，不影响录像。', none: '还没有开始。', progress: '本轮已核验 {{files}} / {{of}} 个文件，{{bytes}} / {{bytesOf}}', progressLabel: '本轮核验进度', began: '本轮开始', due: '应在此前完成', resting: '本轮已完成，下一轮 {{at}} 开始。',
    last: '上次完成', lastText: '{{at}}，{{files}} 个文件，{{size}}', found: '发现 {{found}} 处问题', clean: '全部相符', damaged: '核验不符的录像', damagedCaption: '核验不符的录像', camera: '摄像机', span: '时间', what: '问题', storage: '存储', foundAt: '发现',
  },
  deletions: { title: '近期删除', caption: '近期删除的录像', empty: '近期没有删除录像。', at: '时间', why: '原因', span: '录像时间', amount: '数量', amountText: '{{count}} 段，{{size}}', camerasOf: '摄像机', outcome: '结果', allGone: '全部删除', outcomeText: '已删 {{gone}}，失败 {{failed}}，待删 {{waiting}}' },
  reportPage: {
    title: '保存与核验报告', about: '所选期间内缺失、改动、提前删除的录像逐条点名；没有即为完好。', from: '从', until: '到', whole: '期间内没有缺失、改动或提前删除的录像。', notLooked: '期间内没有完成过全部录像的核验，不能说明完好。', named: '点名的录像', namedCaption: '缺失、改动、提前删除的录像', noNamed: '没有点名的录像。',
    cycles: '完成的核验', cyclesCaption: '完成的核验', noCycles: '没有完成的核验。', ended: '完成', files: '文件', size: '大小', found: '问题', deleted: '删除', deletedCaption: '期间内删除的录像', noDeleted: '没有删除录像。', what: '问题', camera: '摄像机', span: '录像时间', at: '发现或决定',
  },
};
