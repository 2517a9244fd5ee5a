/** 录像调阅用语。 */
import { copiesZh } from './words-copies.zh-CN.ts';

export const zh = {
  title: '录像调阅', about: '申请看录像或要拷贝；批准后由值班员办理并填写结果。', waiting: '{{count}} 份调阅待办', back: '返回列表', need: '请填写', late: '逾期', request: '调阅申请', system: '系统',
  type: { view: '调阅', copy: '拷贝' },
  state: {
    approving: '审批中', ready: '已批准，待办', viewing: '调阅中', copied: '已拷贝', delivered: '已交付', recorded: '已填结果', returned: '已归还', overdue: '逾期未还', closed: '已归档', rejected: '未批准', withdrawn: '已撤回', expired: '过期未批', lapsed: '未用失效', revoked: '批准已撤销', frozen: '已冻结',
  },
  outcome: { found: '查到', partly: '部分查到', not_found: '未查到' },
  decision: { approve: '同意', reject: '不同意' },
  reason: { work: '工作需要', own_loss: '本人遗失、受损', dispute: '纠纷', accident: '事故', staff_matter: '员工事项', crime: '违法犯罪', other: '其他' },
  group: { colleague: '本单位人员', tour: '参观人员', outsider: '外来人员', authority: '机关人员' },
  modeTitle: '调阅方式',
  mode: { monitor_views: '由值班员代看，把结果写给您和部门领导。', requester_in_room: '批准后请到监控室，由值班员陪同观看。', remote: '批准后由值班员开通，您可在自己的电脑上回放，仅限所批摄像机和时段。' },
  list: { mine: '我的申请', room: '待办', all: '全部', choose: '列表', search: '编号、姓名、部门、摄像机、事由', state: '状态', anyState: '全部状态', empty_mine: '您还没有申请过录像。', empty_room: '现在没有待办的调阅。', empty_all: '还没有调阅申请。' },
  column: { number: '编号', type: '类型', applicant: '申请人', cameras: '摄像机', span: '录像时间', state: '状态', waits: '等待', submitted: '申请时间' },
  exists: { title: '现有录像', whole: '录像完整', partly: '有 {{there}}，缺 {{missing}}', none: '这段时间从未录像', past: '已超过 {{days}} 天保存期，录像已删除', coming: '这段时间还没有到', nothing: '所选时间没有任何录像，提交不了；请核对摄像机和时间。' },
  ask: {
    title: '申请调阅或拷贝', about: '调阅和拷贝分别审批：批准了看，不等于批准拷贝。', send: '提交申请', type: '要什么', decided: '由{{who}}审批；批准后 {{hours}} 小时内有效。', copyNote: '拷贝由值班员导出，编号、校验并登记接收人。', what: '哪段录像', why: '为什么', who: '谁申请', cameras: '摄像机', from: '开始', until: '结束', zone: '{{zone}} 时间，一次最多 {{hours}} 小时', place: '地点', reasonClass: '事由类别', reason: '事由',
    purpose: '拷贝用途', receiver: '接收人', copies: '份数', returnBy: '归还或销毁日期', paperNumber: '法律文书号（机关调阅必填）', department: '部门', unit: '单位', position: '职务', phone: '电话', leader: '部门领导', leaderHint: '调阅结果同时送达这位领导。', viewerGroup: '为谁申请', viewer: '观看人', viewerPaper: '证件（种类和号码）',
  },
  waitsFor: '等待{{who}}', validUntil: '批准有效至 {{time}}', lateNote: '调阅结果没有在本班内填写。', asked: '申请内容', approval: '审批全过程', follows: '接续申请 {{number}}', approvers: '批准人', operator: '办理人', life: '经过', begin: '开始调阅', beginRemote: '开通远程回放', end: '结束调阅', witness: '陪同人（可不填）', play: '播放 {{camera}}', askCopy: '申请拷贝这段录像',
  told: '已送达 {{name}}（{{time}}），尚未签收', toldAnswered: '{{name}} 已于 {{time}} 签收',
  result: { title: '调阅结果', write: '填写调阅结果', by: '请在 {{time}} 前填写', outcome: '结果', from: '实际开始', until: '实际结束', remark: '看到的情况', save: '保存结果', add: '补充结果' },
  close: { act: '审阅归档', text: '归档后这份申请不再改变。请写明审阅意见。' },
  withdraw: { act: '撤回申请', text: '撤回后不再审批；需要时可以重新申请。' },
  register: { title: '录像调阅审批及登记', link: '调阅登记（F5）', about: '查阅和导出都会留下记录。', from: '从', until: '到', anyType: '调阅和拷贝', show: '查阅', csv: '导出 CSV', print: '打印', empty: '这段时间没有调阅申请。', form: '表式 {{form}}', total: '共 {{count}} 条', page: '第 {{page}} / {{pages}} 页', pages: '翻页', before: '上一页', after: '下一页', handSign: '审阅签字：', madeAt: '制表 {{time}}' },
  f5: { number: '编号 / 申请日期', applicant: '申请人 / 单位', type: '类型', footage: '地点 / 摄像机 / 起止', reason: '事由', approval: '审批意见', viewing: '调阅时间 / 操作人 / 陪同', result: '结果', keeper: '保管人', remark: '备注', playbacks: '回放 {{count}} 次', copies: '{{count}} 份' },
  copies: copiesZh,
};
