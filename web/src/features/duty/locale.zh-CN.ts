/** Words of duty. */
export const zh = {
  title: '值班',
  about: '谁在岗，这一班发生了什么，还差什么才能结束。',
  registerLink: '值班日志登记（F2）',
  post: { title: '岗位', nobody: '无人在岗', since: '{{time}} 起', notSignedOn: '未签到', take: '到岗', leave: '签退', shift: '第 {{number}} 班 · {{time}} 开始' },
  type: { event: '事件', alarm: '报警', fault: '故障', visitor: '来访', equipment: '设备', message: '信息', fire_panel: '消防主机' },
  log: {
    title: '值班日志', line: '记一条', hint: '写完按回车保存', save: '保存', type: '类别', all: '全部', empty: '这一班还没有记录。', late: '迟记 {{minutes}} 分钟', system: '系统', wants: '需要文字说明', add: '补记', strike: '更正', corrects: '更正第 {{number}} 条', correctsOther: '补记前班记录',
    struck: '已更正', addTitle: '补记第 {{number}} 条', strikeTitle: '更正第 {{number}} 条', strikeText: '原记录保留并划线，您写的作为更正。', addText: '补充说明记为新的一条，原记录不变。', text: '内容', when: '发生时间', now: '现在', minutesAgo: '分钟前', report: '同时报告上级', filter: '筛选', happened: '{{event}} 发生，{{entered}} 记录',
  },
  template: { patrol: '巡查一遍，画面正常', normal: '设备运行正常', visit: '来访登记：', handover: '上级通知：' },
  section: { title: '栏目', confirm: '确认', confirmed: '{{name}} {{time}} 确认', blank: '空白', measured: '系统测得', text: '确认说明', normal: '正常', ok: '是', notOk: '否', change: '重新确认' },
  close: { title: '结束本班', missing: '还差 {{count}} 项：', ready: '可以结束。签字后本班不能再改，只能补记。', sign: '签字结束本班', remark: '交班说明（可空）', done: '本班已签字，校验值 {{digest}}', confirm: '签字后本班记录固定，更正只能另记。', carried: '移交下一班的事项', carriedText: '签字时逐条写入本班日志。' },
  bare: { title: '抓拍待说明', text: '{{camera}} {{time}} 抓拍的说明', save: '写入日志', alt: '{{camera}} {{time}} 的抓拍' },
  thread: { title: '故障与重大事件', none: '没有未结束的故障和事件。', fault: '故障', hazard: '隐患', serious: '重大事件', report: '报故障', openSerious: '重大事件', what: '设备或事件', grade: '级别', A: 'A 瘫痪', B: 'B 降级', C: 'C 轻微', gradeSerious: '严重', gradeMajor: '重大（报领导）', text: '情况', send: '登记', noted: '跟进', handled: '已处理', reported: '已报告', closed: '结束', opened: '登记', overdue: '逾期未报告', step: '写明情况' },
  register: {
    title: '监控室值班日志', form: '表 F2 · 版本 {{form}}', back: '返回值班', day: '日期', show: '查阅', csv: '导出 CSV', print: '打印', about: '查阅和导出都会留下记录。', empty: '这一天没有班次。', shift: '班次', span: '起止', onPost: '值班员', sections: '设备状态与检查', entries: '记录', alarms: '报警 {{count}} 条', signed: '签字：{{name}} {{time}}', notSigned: '未签字',
    reviewed: '领导审阅：{{name}} {{time}}', notReviewed: '领导审阅：', digest: '校验值', column: { number: '序号', type: '类别', event: '发生', entered: '记录', text: '内容', camera: '镜头', by: '记录人' }, handSign: '手写签字：', madeAt: '制表 {{time}}', open: '未结束', tasks: '本班应做的检查', remark: '交班说明：{{text}}', reviewRemark: '审阅意见：{{text}}',
  },
  review: { read: '看这一班', remarkOf: '交班说明：{{text}}', text: '审阅后记入账本；签字的人不能审阅自己的班次。', title: '待审阅的班次', review: '审阅', remark: '审阅意见（可空）', shift: '第 {{number}} 班 · {{name}} {{time}} 签字' },
};
