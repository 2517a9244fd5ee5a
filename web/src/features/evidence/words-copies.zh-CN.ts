/** 录像拷贝用语。 */
export const copiesZh = {
  title: '拷贝', about: '批准了 {{most}} 份。每份单独编号、校验、登记接收人。', none: '还没有导出拷贝。',
  state: { making: '正在导出', failed: '导出失败', ready: '待交付', handed_over: '已交付', ended: '已归还或销毁' },
  make: '导出一份拷贝', makeText: '按批准的摄像机和时段导出原始录像，连同申请、批准、缺口和账本证明，编号成一个文件。', encrypt: '加密（AES-256，口令只显示一次）', encryptNote: 'Windows 自带的解压打不开加密文件，请用 7-Zip 或 WinRAR；文件名不加密。', witness: '在场人（可不填）', begin: '开始导出',
  passTitle: '记下口令', passText: '口令只显示这一次，系统不保存。请用另一个渠道告知接收人，然后登记。', passKept: '已记下', copyNumber: '拷贝 {{number}}', progress: '已写 {{percent}}%',
  numberOf: '第 {{copy}} 份', operator: '导出 {{name}} {{time}}', withWitness: '在场 {{name}}', size: '{{mb}} MB', encrypted: '已加密', overdue: '逾期未还，应于 {{time}} 前归还',
  sha: '文件 SHA-256', fingerprint: '签名密钥指纹', take: '取文件', note: '移交单', handOver: '交付', send: '登记口令已告知', end: '归还或销毁', addNote: '补充记录', custody: '保管记录', custodyNone: '还没有记录。', ahead: '排队等待导出，前面还有 {{count}} 份。', endingBegun: '{{name}} {{time}} 提出{{how}}，等待另一人用自己的账号确认。', confirmEnd: '确认{{how}}', withdrawEnd: '撤回',
  act: { made: '导出', failed: '导出失败', taken: '取走文件', passphrase_sent: '口令已告知', handed_over: '交付', returned: '归还', wiping_begun: '提出清除', destruction_begun: '提出销毁', ending_withdrawn: '撤回清除、销毁', wiped: '清除', destroyed: '销毁', noted: '补充' },
  form: {
    receiver: '接收人', receiverUnit: '接收单位', receiverPaper: '证件（种类和号码）', medium: '介质编号', at: '时间', note: '备注', signature: '接收人签字', signHere: '请接收人在框内签字；也可以在打印的移交单上签。', clear: '重签', to: '告知谁', channel: '用什么方式', how: '怎样结束', secondNote: '清除和销毁须两人：保存后请另一人用自己的账号确认，确认之前不执行。', save: '保存',
    how_returned: '归还', how_wiped: '清除', how_destroyed: '销毁',
  },
  sheet: {
    title: '证据移交单', number: '拷贝编号', request: '申请编号', cameras: '摄像机', span: '录像时间', applicant: '申请人', reason: '事由', purpose: '用途', approvers: '批准人', operator: '导出人', witness: '在场人', receiver: '接收人', medium: '介质编号', returnBy: '归还期限', file: '文件', fileSha: '文件 SHA-256', packageSha: '包内证据包 SHA-256', key: '签名密钥指纹', verifier: '核验页 SHA-256',
    how: '怎样核验：打开包内的 verify.html（不需联网），把文件拖进去；再把页面上的密钥指纹与本单对照。也可以用 sha256sum -c manifest-sha256.txt 逐个核对。包内的页面可能被一并伪造，有疑问请向本单位另取核验页并对照其校验值。', signGive: '交付人签字', signTake: '接收人签字', date: '日期', print: '打印', madeAt: '打印 {{time}}',
  },
  register: { title: '拷贝登记', link: '拷贝登记', about: '每一份导出的拷贝，包括失败的；查阅会留下记录。', empty: '这段时间没有拷贝。', search: '编号、接收人、介质、校验值', anyState: '全部状态', total: '共 {{count}} 份', number: '编号', request: '申请', state: '状态', made: '导出', hash: '文件 SHA-256', receiver: '接收人 / 用途', medium: '介质 / 签字', end: '归还 / 销毁', signed: '已签字' },
};
