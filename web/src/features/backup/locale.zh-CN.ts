/** Words of backup. */
export const zh = {
  title: '备份', about: '录像的第二份副本在另一块磁盘上；数据库、账本、密钥、设置和文件按期备份；恢复演练真实恢复一段录像并比对哈希。',
  place: { title: '备份文件夹', none: '还没有设定备份文件夹，录像只有一份。', path: '文件夹', add: '设定备份文件夹', help: '另一块磁盘或网络盘上的完整路径，例如 /mnt/backup/vigil：空文件夹，或已有文件夹下的新文件夹。', submit: '设定', retire: '停用', retireText: '停用后不再备份；已备份的录像留在原处。', reason: '原因', since: '启用于 {{at}}' },
  figures: { copied: '已备份', waiting: '等待备份', lag: '滞后', period: '备份周期', damaged: '备份损坏', segments: '{{count}} 段，{{size}}', none: '无', minutes: '{{count}} 分钟', hours: '{{count}} 小时' },
  troubles: '备份异常', trouble: '{{what}}（自 {{at}}）', sound: '备份正常。',
  unbacked: { title: '未备份的录像', none: '全部录像已备份。', camera: '摄像机', from: '起', until: '止', amount: '数量', why: '原因' },
  lost: { title: '缺失或被改动的录像', none: '没有。', what: '核验结果', restore: '从备份恢复', noCopy: '没有备份', acts: '操作' },
  runs: { title: '系统数据备份', none: '还没有备份。', began: '开始', state: '结果', size: '大小', by: '发起', schedule: '按计划', hash: 'SHA-256', run: '立即备份', due: '下次：{{at}}' },
  drills: { title: '恢复演练', none: '还没有演练。', at: '时间', footage: '录像', took: '用时', ms: '{{count}} 毫秒', plays: '可播放', yes: '是', no: '否', outcome: '结果', by: '演练人', run: '做一次演练', due: '最迟：{{at}}' },
};
