/** Words of completeness and of stops. */
export const zh = {
  title: '录像完整率',
  about: '每台摄像机每天应录多少、实录多少、缺在哪里。每天结束后生成签名声明，摘要入账。获准停录不计入缺失。',
  month: '月份', stops: '停录', back: '返回完整率', target: '目标 {{percent}}%', below: '{{count}} 台低于目标', none: '本月没有应录的摄像机。',
  camera: '摄像机', whole: '全月', cell: '{{camera}} {{day}}：{{percent}}%，缺失 {{gaps}} 段', noCell: '{{camera}} {{day}}：没有声明',
  legend: { full: '达到目标', near: '低于目标', low: '低于 95%', none: '没有声明' },
  day: { title: '{{camera}} {{day}}', about: '录像完整率声明', print: '打印', expected: '应录', recorded: '实录', approved: '获准停录', percent: '完整率', gaps: '缺失的录像', gapsCaption: '这一天缺失的录像', noGaps: '没有缺失。', from: '起', until: '止', length: '时长', reason: '原因', signed: '签名', closedAt: '生成时间', revision: '修订', digest: 'SHA-256', signature: 'Ed25519 签名', key: '公钥', good: '签名与内容相符', bad: '签名与内容不符', open: '这一天还没有结束，尚未签名。' },
  stop: { title: '停录', about: '录像只能在获准的时段内停止，到时自动恢复。须提前 {{lead}} 小时申请，一次最长 {{max}} 小时；审批：{{approver}}。', forbidden: '本室的规定不允许计划停录。', ask: '申请停录', scope: '范围', scopes: { camera: '指定摄像机', recorder: '整台录像机', room: '全室' }, cameras: '摄像机', from: '开始', until: '自动恢复', urgent: '紧急（来不及提前申请）', reason: '原因', submit: '提交申请', empty: '没有停录。', state: '状态', states: { granted: '已获准', running: '停录中', ended: '已恢复', lapsed: '未执行', revoked: '已撤销' }, by: '执行人', run: '停止录像', runText: '现在停止录像，到 {{until}} 自动恢复。停录期间没有录像。', end: '恢复录像', endText: '现在恢复录像。', restart: '重启录像服务', restarts: '录像服务的重启', at: '时间', noRestarts: '没有重启。', asked: '已提交，等待审批。', acts: '操作' },
};
