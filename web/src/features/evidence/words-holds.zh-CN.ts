/** 录像锁定用语。 */
export const zh = {
  title: '录像锁定', back: '返回调阅列表', about: '锁定的录像到期也不删除。提交申请即临时锁定，{{hours}} 小时内未决定自动结束；确认后一直保留到解除。',
  share: '已确认锁定占存储 {{percent}}%（{{size}}），上限 {{limit}}%', shareUnknown: '已确认锁定 {{size}}；录像服务未连接，暂不知占存储多少。上限 {{limit}}%',
  over: '已超过上限：再确认锁定时须写明在哪里腾出空间。', list: '锁定中', ended: '最近结束', empty: '现在没有锁定的录像。', emptyEnded: '还没有结束的锁定。', need: '请填写',
  state: { provisional: '临时锁定', confirmed: '已确认', ended: '已结束' }, how: { rejected: '申请未获同意', withdrawn: '申请撤回', undecided: '到期未决定', released: '解除' },
  column: { number: '申请', requester: '申请人', footage: '摄像机和时段', reason: '理由', size: '大小', state: '状态', until: '到期', owner: '负责人', acts: '操作', ended: '结束', how: '原因', by: '经办' },
  minutes: '{{count}} 段 · {{size}}', decideBy: '{{time}} 前决定', reviewAt: '{{time}} 复核', reviewDue: '应复核', system: '系统', space: '腾出空间：{{space}}',
  confirm: { act: '确认', title: '确认锁定 {{number}}', owner: '负责人', reviewAt: '复核日期', reviewHint: '最迟 {{days}} 天内', reason: '理由', space: '腾出的空间（超过上限时必填）', spaceHint: '例如：已更换 8 TB 硬盘，已转存至第二存储', send: '确认锁定' },
  extend: { act: '延长', title: '延长锁定 {{number}}', decideBy: '决定期限', reviewAt: '下次复核', reason: '理由', send: '延长' },
  release: { act: '解除', title: '解除锁定 {{number}}', text: '解除后，超过保存期的录像将在下次清理时删除，不能恢复。', send: '解除锁定' },
  quota: { title: '放宽待决锁定上限', about: '每人待决锁定一般不超过 {{hours}} 路·小时。', person: '申请人', hours: '上限（路·小时）', until: '有效至', reason: '理由', send: '放宽', done: '已放宽。' },
};
