/** The ledger's own refusals. */
import { declareRefusals } from '../../base/refusal.ts';

export const ledgerRefusals = declareRefusals('ledger', {
  key_readable: {
    kind: 'conflict',
    zh: '账本密钥文件 {file} 可被其他用户读取。请执行 chmod 600，并视情况更换密钥。',
    en: 'The ledger key file {file} can be read by other users. Run chmod 600 on it, and consider a key change.',
  },
  key_wrong: { kind: 'conflict', zh: '账本密钥文件 {file} 不是 Ed25519 私钥（PKCS#8 PEM）。', en: 'The ledger key file {file} is no Ed25519 private key (PKCS#8 PEM).' },
  not_opened: { kind: 'conflict', zh: '该场所的账本尚未启用。', en: 'The ledger of this site is not opened yet.' },
  value_unknown: { kind: 'not_found', zh: '第 {seq} 条记录没有私密值 {path}，或已抹除。', en: 'Fact {seq} has no private value {path}, or it is erased already.' },
  two_persons: { kind: 'invalid', zh: '此操作需要两名不同人员。', en: 'This needs two different people.' },
  anchor_wrong: { kind: 'invalid', zh: '所给锚点不是本账本由原密钥签名的检查点。', en: 'The anchor given is no checkpoint of this ledger signed by the old key.' },
  not_signing: { kind: 'unavailable', zh: '账本签名已停止：{why}', en: 'The ledger is not signing: {why}' },
});
