/** 资料档案与凭批准观看录像用语。 */
export const zh = {
  title: '资料档案', about: '录像、拷贝和收到的证据，按案号、类别、索引、保管人和存放处归档；到期的录像仍在档案中。', back: '返回调阅列表', backToList: '返回档案目录', need: '请填写', link: '资料档案',
  list: { all: '全部 {{count}}', incomplete: '待补全 {{count}}', overdue: '逾期 {{count}}', choose: '范围', search: '编号、案号、题名、索引词、存放处、交证人', anyClass: '全部类别', anyState: '全部状态', empty_all: '还没有归档的资料。', empty_incomplete: '没有缺项的档案。', empty_overdue: '没有逾期的档案。', complete: '著录完整 {{percent}}%', page: '第 {{page}} / {{pages}} 页', before: '上一页', after: '下一页' },
  file: '归档', custody: '保管与清点', register: '档案登记', days: '逐日索引',
  class: { offence: '违法犯罪', important: '重要事件', accident: '事故', dispute: '纠纷', fire: '火情', complaint: '投诉', other: '其他' },
  source: { footage: '录像', package: '拷贝证据包', received: '收到的证据' }, state: { kept: '在库', lent: '借出', transferred: '已移交', destroyed: '已销毁' },
  how: { view: '查阅', lend: '借出', transfer: '移交', publish: '公布', destroy: '销毁' }, orderState: { asked: '审批中', granted: '已批准', done: '已执行', over: '已结束' },
  act: { filed: '归档', received: '接收', described: '著录', hold_released: '解除锁定', opened: '查阅', lent: '借出', returned: '归还', overdue: '逾期未还', transferred: '移交', published: '公布', counted: '清点在库', missing: '清点未见', answered: '答复', destruction_begun: '开始销毁', destroyed: '销毁' },
  and: '、', column: { number: '编号', class: '类别', title: '题名', caseNumber: '案号', footage: '摄像机和时段', place: '存放处', custodian: '保管人', state: '状态', filed: '归档', missing: '缺项' },
  held: '锁定', overdue: '逾期', system: '系统', none: '—',
  form: {
    title: '归档资料', source: '来源', class: '类别', chooseClass: '请选择', caseNumber: '案号', titleField: '题名', words: '索引词', wordsHint: '用空格隔开：人、物、地点、车牌', place: '存放处', placeHint: '柜号、层、介质编号', keepUntil: '至少保存到', keepHint: '不填：直到批准销毁', permanent: '本单位规定档案永久保存。',
    camera: '摄像机', from: '开始', until: '结束', spanHint: '整段录像文件归档，一次最多 {{hours}} 小时', package: '拷贝', noPackages: '没有可归档的拷贝。', giver: '交证人', giverContact: '联系方式', replyBy: '答复期限', file: '文件', fileHint: '最大 {{mb}} MB', chosen: '已选：{{name}}', sign: '交证人签名', signHint: '请交证人在框内签名，或在打印的回执上签名。', save: '归档', saved: '已归档为 {{number}}', again: '再归档一件',
  },
  item: {
    facts: '著录', describe: '补全著录', incomplete: '待补全：{{what}}', files: '文件', chain: '保管链', orders: '申请与批准', nobody: '还没有申请。', ask: '申请利用', print: '打印', receipt: '回执', hash: '校验值 SHA-256', keepUntil: '至少保存到', always: '直到批准销毁', size: '大小', filedBy: '归档人', giver: '交证人', replyBy: '答复期限', answered: '已答复', package: '拷贝', gaps: '缺少的录像',
    sign: '签名：', signed: '已签名', approvers: '批准人', validUntil: '{{time}} 前有效', open: '查阅', opened: '正在查阅', save: '下载', waits: '{{name}}于 {{time}} 开始销毁，请另一人确认。', release: '解除锁定', releaseText: '解除后可凭批准的销毁令销毁。', answer: '登记答复', answerText: '写明答复的内容，交证人据此得到答复。', return: '登记归还', returnText: '核对介质和封存后登记。',
    lend: '借出', transfer: '移交', publish: '登记公布', destroy: '销毁', destroyConfirm: '确认销毁', destroyText: '销毁后不能恢复。第一人开始，第二人用自己的账号确认后，文件才被删除。',
  },
  ask: { title: '申请利用档案 {{number}}', how: '事项', reason: '理由', receiver: '接收人', place: '公布处或去处', content: '公布内容', paper: '法律文书号', returnBy: '归还时间', send: '提交申请' },
  carry: { sign: '接收人签名', signHint: '请接收人在框内签名；移交必须签名。', to: '接收人', note: '说明', save: '登记' },
  keep: {
    title: '档案保管与清点', about: '保管人对档案负责；更换保管人须逐件清点，双方各自验证身份后确认。', custodian: '现任保管人', nobody: '还没有保管人。', since: '{{time}} 起', begin: '由我开始保管', takeOver: '按清点接管', count: '清点', countText: '逐件核对在库档案；服务器同时核对每个文件的校验值。', found: '在库', note: '备注', next: '交给', nextNone: '只清点，不交接', save: '提交清点', empty: '没有在库的档案。',
    history: '历任保管人', first: '建档', byCount: '清点交接', counts: '清点记录', noCounts: '还没有清点过。', items: '{{count}} 件', missing: '未见 {{count}}', altered: '校验不符 {{count}}', taken: '已接管', waiting: '等待 {{name}} 接管', result: '清点完成。未见：{{missing}}；校验不符：{{altered}}。', noneMissing: '无',
  },
  reg: { title: '档案登记', about: '查阅和导出登记都会入账。', total: '{{count}} 件', empty: '这段时间没有归档的资料。', releases: '批准', chain: '保管链', hash: '校验值', csv: '导出 CSV' },
  index: { title: '逐日录像索引', about: '每台摄像机每一天：录了多少、在哪里、哪些已归档。', day: '日期', camera: '摄像机', state: '状态', recorded: '已录', place: '存放处', items: '档案', whole: '完整', partly: '不完整', noneState: '没有录像', past: '已过保存期', before: '尚未安装', of: '{{recorded}} / {{whole}} 小时' },
  watch: { title: '观看获准录像', titleOf: '按申请 {{number}} 观看', none: '请从调阅申请打开。', camera: '摄像机', until: '批准有效至 {{time}}', back: '返回申请', notYet: '监控室还没有打开这次调阅，请等候。', over: '这次调阅已结束，录像不再播放。', keepsNothing: '调阅授权只能观看，不能抓拍或导出；需要留存请另行申请拷贝。', go: '观看录像' },
};
