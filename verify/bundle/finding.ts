/** What the verifier of packages can find, each with a sentence in both languages. A fault means altered or incomplete; a note is for a person to judge. */
import type { ZipFault } from '../../formats/zip/index.ts';
import type { Sentence } from '../finding.ts';

type Template = Sentence & { severity: 'fault' | 'note' };

const templates = {
  container: { severity: 'fault', zh: 'ZIP 文件不是值守写出的原样：{faultZh}（{place}）。若曾被重新打包，请解压后核验文件夹', en: 'the ZIP is not as Vigil wrote it: {faultEn} ({place}). If somebody packed it anew, unpack it and verify the folder' },
  container_time: { severity: 'fault', zh: 'ZIP 内的文件时间与导出时间不符', en: 'the times inside the ZIP are not that of the export' },
  encrypted: { severity: 'fault', zh: '这是加密的外层 ZIP，需要口令', en: 'this is the encrypted outer ZIP; it needs its passphrase' },
  base: { severity: 'fault', zh: '包内应只有一个文件夹，且以编号命名：{place}', en: 'there should be one folder, named by the number: {place}' },
  file_missing: { severity: 'fault', zh: '缺少文件 {place}', en: 'file {place} is missing' },
  file_added: { severity: 'fault', zh: '多出文件 {place}，签名中没有它', en: 'file {place} was added: the signature does not name it' },
  file_altered: { severity: 'fault', zh: '文件 {place} 被改动', en: 'file {place} was altered' },
  file_unreadable: { severity: 'fault', zh: '文件 {place} 无法读取（{why}）', en: 'file {place} cannot be read ({why})' },
  file_contradicts: { severity: 'fault', zh: '文件 {place} 与签名的说明不符', en: 'file {place} contradicts the signed statement' },
  statement: { severity: 'fault', zh: '签名的说明无法读取：{place}', en: 'the signed statement cannot be read: {place}' },
  signature: { severity: 'fault', zh: '说明的签名无效：内容或签名被改动', en: 'the signature of the statement is wrong: content or signature was altered' },
  key_not_trusted: { severity: 'fault', zh: '签名密钥不是所给的可信密钥，指纹 {fingerprint}', en: 'the key is none of those you trust; its fingerprint is {fingerprint}' },
  checkpoint: { severity: 'fault', zh: '账本检查点无效（{why}）', en: 'the checkpoint of the ledger is wrong ({why})' },
  fact: { severity: 'fault', zh: '账本记录 {place} 不成立（{why}）', en: 'fact {place} of the ledger does not hold ({why})' },
  segment_unlisted: { severity: 'fault', zh: '录像分段 {place} 不在账本记录中，或与之不符', en: 'segment {place} is not in the ledger as it is stated here' },
  segment_differs: { severity: 'fault', zh: '片段 {file} 中的录像分段 {place} 与录制时的哈希不符', en: 'segment {place} in {file} is not what was hashed when it was recorded' },
  clip_structure: { severity: 'fault', zh: '片段 {place} 的结构与说明不符（{why}）', en: 'clip {place} is not built as it is stated ({why})' },
  gap_undisclosed: { severity: 'fault', zh: '{place} 的录像缺口没有如实列出', en: 'the holes in the footage of {place} are not stated as they are' },
  anchor_list: { severity: 'fault', zh: '第 {place} 个历史检查点与账本不一致', en: 'the older checkpoint {place} is not consistent with the ledger' },
  anchor_contradicts: { severity: 'fault', zh: '您的锚点 {place} 与本包的账本矛盾：账本曾被改写，或本包是伪造的', en: 'your anchor {place} contradicts the ledger of this package: one of them was rewritten or forged' },
  anchor_other_key: { severity: 'fault', zh: '您的锚点 {place} 由另一密钥签名：账本同名而密钥不同', en: 'your anchor {place} is signed by another key for a log of the same name' },
  anchor_foreign: { severity: 'note', zh: '锚点 {place} 属于另一账本，未使用', en: 'anchor {place} belongs to another log; not used' },
  anchor_damaged: { severity: 'note', zh: '锚点 {place} 已损坏，未使用', en: 'anchor {place} is damaged; not used' },
  anchor_unlinked: { severity: 'note', zh: '锚点 {place}（{size} 条）与本包的账本之间没有一致性证明，未使用；可向监控室索取', en: 'no proof leads from anchor {place} ({size} facts) to the ledger of this package; not used. The room can give one' },
  anchor_early: { severity: 'note', zh: '锚点 {place} 早于本包所依据的记录，不能为其作证', en: 'anchor {place} is older than the facts that this package rests on' },
} as const satisfies Readonly<Record<string, Template>>;

/** What the reader of archives says, in words. */
const zipFaults: Readonly<Record<ZipFault, Sentence>> = {
  no_archive: { zh: '不是 ZIP 文件，或末尾被截断', en: 'no ZIP, or its end was cut off' },
  trailing_data: { zh: '末尾之后还有内容', en: 'something stands behind its end' },
  directory: { zh: '目录损坏', en: 'its directory is damaged' },
  name: { zh: '文件名不安全', en: 'a name that leads elsewhere' },
  repeated_name: { zh: '文件名重复', en: 'the same name twice' },
  place: { zh: '文件的位置重叠或有空隙', en: 'files overlap or leave a hole' },
  method: { zh: '被压缩过，说明曾重新打包', en: 'it is compressed, so it was packed anew' },
  record: { zh: '文件头被改动', en: 'a record was altered' },
  crc: { zh: '内容被改动', en: 'content was altered' },
  short: { zh: '被截断', en: 'it was cut off' },
  too_many: { zh: '目录过大', en: 'its directory is too large' },
};

export type BundleFindingCode = keyof typeof templates;

export interface BundleFinding extends Sentence {
  code: BundleFindingCode;
  severity: 'fault' | 'note';
  /** File, segment or number concerned; empty when it is the whole. */
  place: string;
}

export const bundleFinding = (code: BundleFindingCode, values: Readonly<Record<string, string | number>> = {}): BundleFinding => {
  const template: Template = templates[code];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { code, severity: template.severity, place: String(values['place'] ?? ''), zh: fill(template.zh), en: fill(template.en) };
};

export const containerFinding = (fault: ZipFault, place: string): BundleFinding => bundleFinding('container', { faultZh: zipFaults[fault].zh, faultEn: zipFaults[fault].en, place });
