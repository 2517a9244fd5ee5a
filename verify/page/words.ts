/** Words of the page, Chinese first. */
export const words = {
  zh: {
    title: '证据核验', other: 'English', intro: '核验在本机进行，不联网，不上传。',
    drop: '把证据包 ZIP 拖到这里', choose: '选择文件', expected: '已知的密钥指纹（来自移交单或备案，可不填）', anchors: '已知的账本锚点（交接班单上的检查点文字，可不填）',
    working: '正在核验', again: '核验另一个', encryptedHint: '先用 7-Zip 或 WinRAR 以口令解开外层 ZIP，再把里面的证据包拖进来。',
    otherFile: '这个文件不是 ZIP。它的 SHA-256 是：', failed: '读不出这个文件', copy: '第 {n} 份', exported: '导出时间', fingerprint: '密钥指纹', compare: '与移交单或备案上的指纹逐组核对。包内的密钥本身不能证明来源。',
    trusted: '与您填写的指纹一致', files: '文件', segments: '录像分段', recomputed: '{n} 段，其中 {m} 段重新算出了录制时的哈希', ledger: '账本', ledgerAt: '{n} 条，{at} 签名', noLedger: '—', anchored: '锚点', anchoredTo: '采用 {n} 个，证明至第 {m} 条',
    footage: '录像', asked: '申请时段', contained: '所含录像', lead: '前导', tail: '尾部多出', gaps: '缺口', none: '无', nothing: '该时段没有录像', findings: '发现', noFindings: '没有异常', unchecked: '没有核对的', faultsInAll: '共 {n} 处异常',
    page: '核验页', pageHash: '本页文件 verify.html 的 SHA-256 应为', pageHow: '把 verify.html 拖到本页可看到它的 SHA-256；更可靠的办法是用独立取得的核验页。', whole: '整包 SHA-256', count: '计算', seconds: '秒', print: '打印', altered: '请勿采信，保留原件并联系出具单位', intact: '请再核对下面的指纹', intactTrusted: '指纹与您填写的一致', basis: '依据',
  },
  en: {
    title: 'Evidence verification', other: '中文', intro: 'Everything happens on this machine: no network, nothing is sent.',
    drop: 'Drop the evidence package (ZIP) here', choose: 'Choose a file', expected: 'Known fingerprint of the key (from the handover note or a filed copy; may stay empty)', anchors: 'Known anchors of the ledger (checkpoints from a shift-handover sheet; may stay empty)',
    working: 'Verifying', again: 'Verify another', encryptedHint: 'Open the outer ZIP with its passphrase in 7-Zip or WinRAR, then drop the package that is inside.',
    otherFile: 'This file is no ZIP. Its SHA-256 is:', failed: 'This file cannot be read', copy: 'copy {n}', exported: 'Exported at', fingerprint: 'Key fingerprint', compare: 'Compare it, group by group, with the handover note or a filed copy. The key inside the package proves nothing by itself.',
    trusted: 'is the fingerprint that you gave', files: 'Files', segments: 'Recorded segments', recomputed: '{n}; the hash from recording found again for {m}', ledger: 'Ledger', ledgerAt: '{n} facts, signed {at}', noLedger: '—', anchored: 'Anchors', anchoredTo: '{n} used, up to fact {m}',
    footage: 'Footage', asked: 'asked for', contained: 'contained', lead: 'lead-in', tail: 'besides at the end', gaps: 'holes', none: 'none', nothing: 'nothing was recorded in this span', findings: 'Findings', noFindings: 'no fault', unchecked: 'Not checked', faultsInAll: '{n} faults in all',
    page: 'This page', pageHash: 'The SHA-256 of verify.html should be', pageHow: 'Drop verify.html on this page to see its SHA-256; a page that you got independently is better.', whole: 'SHA-256 of the whole package', count: 'Compute', seconds: 's', print: 'Print', altered: 'Do not rely on it. Keep it as it is and ask who issued it', intact: 'Now compare the fingerprint below', intactTrusted: 'The fingerprint is the one that you gave', basis: 'What it rests on',
  },
} as const;

export type Language = keyof typeof words;
export type WordKey = keyof (typeof words)['zh'];
