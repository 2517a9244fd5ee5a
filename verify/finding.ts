/** What the verifier can find, each with a sentence in both languages. A fault means altered or incomplete; a note is for a person to judge. */
export interface Sentence {
  zh: string;
  en: string;
}

type Template = Sentence & { severity: 'fault' | 'note' };

const templates = {
  seq_gap: { severity: 'fault', zh: '缺少第 {from} 至 {until} 条记录', en: 'facts {from} to {until} are missing' },
  seq_repeated: { severity: 'fault', zh: '第 {seq} 条记录重复出现', en: 'fact {seq} stands here more than once' },
  not_canonical: { severity: 'fault', zh: '第 {seq} 条记录不是规范 JSON:{why}', en: 'fact {seq} is not in canonical form: {why}' },
  seq_differs: { severity: 'fault', zh: '第 {seq} 条记录的内容自称第 {stated} 条', en: 'fact {seq} calls itself {stated} inside' },
  site_differs: { severity: 'fault', zh: '第 {seq} 条记录属于另一场所 {stated}', en: 'fact {seq} belongs to another site, {stated}' },
  time_back: { severity: 'fault', zh: '第 {seq} 条记录的入账时间早于前一条 {byMs} 毫秒', en: 'the recorded time of fact {seq} lies {byMs} ms before the one ahead of it' },
  column_differs: { severity: 'fault', zh: '第 {seq} 条记录的列 {column} 与规范内容不符', en: 'column {column} of fact {seq} differs from its canonical bytes' },
  leaf_differs: { severity: 'fault', zh: '第 {seq} 条记录存储的哈希与内容不符', en: 'the stored hash of fact {seq} is not that of its bytes' },
  private_wrong: { severity: 'fault', zh: '第 {seq} 条记录的私密值 {path} 与其哈希不符', en: 'private value {path} of fact {seq} does not match its hash' },
  private_missing: { severity: 'fault', zh: '第 {seq} 条记录的私密值 {path} 不见了，且没有抹除记录', en: 'private value {path} of fact {seq} is gone without an erasure' },
  private_stray: { severity: 'fault', zh: '私密值 {path} 不属于第 {seq} 条记录', en: 'private value {path} does not belong to fact {seq}' },
  erased_unstated: { severity: 'fault', zh: '第 {seq} 条记录的 {path} 已被抹除，但账本中没有抹除记录', en: '{path} of fact {seq} was erased, but no fact says so' },
  erasure_undone: { severity: 'fault', zh: '账本称第 {seq} 条记录的 {path} 已抹除，但数值仍在', en: 'the ledger says that {path} of fact {seq} was erased, but the value is there' },
  not_opened: { severity: 'fault', zh: '账本的第一条不是启用记录', en: 'the ledger does not begin with its opening' },
  ledger_fact_wrong: { severity: 'fault', zh: '第 {seq} 条账本记录不合规则：{why}', en: 'fact {seq} about the ledger breaks its rules: {why}' },
  key_change_unproved: { severity: 'fault', zh: '第 {seq} 条：更换密钥没有旧密钥的签名；两人更换时须给出其后的锚点', en: 'fact {seq}: a key change that the old key did not sign; made by two persons, it needs an anchor made after it' },
  restore_unsigned: { severity: 'fault', zh: '第 {seq} 条恢复记录之后没有本账本密钥的签名', en: 'no signature of this ledger covers the restore in fact {seq}' },
  restore_unproved: { severity: 'fault', zh: '第 {seq} 条：恢复时换了密钥，旧密钥未签名，且没有给出恢复之后的锚点', en: 'fact {seq}: restored under a new key that the old one did not sign, and no anchor made after it was given' },
  checkpoint_malformed: { severity: 'fault', zh: '检查点 {place} 无法读取', en: 'checkpoint {place} cannot be read' },
  checkpoint_origin: { severity: 'fault', zh: '检查点 {place} 属于另一账本 {origin}', en: 'checkpoint {place} belongs to another log, {origin}' },
  checkpoint_key: { severity: 'fault', zh: '检查点 {place} 不是由账本所登记的密钥签名', en: 'checkpoint {place} is not signed by the key that the ledger names' },
  checkpoint_signature: { severity: 'fault', zh: '检查点 {place} 的签名无效', en: 'the signature of checkpoint {place} is wrong' },
  checkpoint_root: { severity: 'fault', zh: '第 1 至 {size} 条记录与检查点 {place} 所签名的内容不符', en: 'facts 1 to {size} are not those that checkpoint {place} signed' },
  checkpoint_beyond: { severity: 'fault', zh: '检查点 {place} 签名了 {size} 条记录，现在只有 {count} 条', en: 'checkpoint {place} signed {size} facts; there are {count}' },
  checkpoint_lost: { severity: 'fault', zh: '检查点 {place} 签名了 {size} 条记录，恢复记录只承认丢失至第 {lostUntil} 条', en: 'checkpoint {place} signed {size} facts; the restore admits a loss up to {lostUntil} only' },
  checkpoint_time: { severity: 'fault', zh: '检查点 {place} 的时间与记录或前一检查点矛盾', en: 'the time of checkpoint {place} contradicts the facts or the checkpoint before' },
  checkpoint_shrinks: { severity: 'fault', zh: '检查点 {place} 比前一个覆盖的记录更少', en: 'checkpoint {place} covers fewer facts than the one before' },
  checkpoint_missing: { severity: 'fault', zh: '缺少检查点 {place}', en: 'checkpoint {place} is missing' },
  checkpoint_copy: { severity: 'fault', zh: '检查点 {place} 的列与其签名内容不符', en: 'the columns of checkpoint {place} differ from what was signed' },
  never_signed: { severity: 'fault', zh: '{count} 条记录没有任何检查点，而它们跨越 {minutes} 分钟', en: '{count} facts over {minutes} minutes have no checkpoint at all' },
  heartbeat_gap: { severity: 'note', zh: '{from} 至 {until} 没有心跳签名（停机，或记录被关闭）', en: 'no heartbeat from {from} to {until}: the server was off, or logging was' },
  clock_stepped: { severity: 'note', zh: '第 {seq} 条：服务器时钟曾被拨回', en: 'fact {seq}: the clock of the server was set back' },
  restored: { severity: 'note', zh: '第 {seq} 条：从备份恢复，{lost}', en: 'fact {seq}: restored from a backup, {lost}' },
  anchor_unreadable: { severity: 'note', zh: '锚点文件中有无法识别的内容：{text}', en: 'the anchors given hold something that is no checkpoint: {text}' },
  anchor_damaged: { severity: 'note', zh: '锚点 {place} 已损坏（抄录或撕裂），未使用', en: 'anchor {place} is damaged (torn, or copied wrongly); not used' },
  anchor_foreign: { severity: 'note', zh: '锚点 {place} 属于另一账本 {origin}，未使用', en: 'anchor {place} belongs to another log, {origin}; not used' },
} as const satisfies Readonly<Record<string, Template>>;

export type FindingCode = keyof typeof templates;

export interface Finding extends Sentence {
  code: FindingCode;
  severity: 'fault' | 'note';
  /** The fact concerned; null for checkpoints and anchors. */
  seq: number | null;
}

export const finding = (code: FindingCode, values: Readonly<Record<string, string | number>>): Finding => {
  const template: Template = templates[code];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const seq = values['seq'];
  return { code, severity: template.severity, seq: typeof seq === 'number' ? seq : null, zh: fill(template.zh), en: fill(template.en) };
};
