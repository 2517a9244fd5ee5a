/** Facts of copies: made, taken, handed over, given back, destroyed. Names and words are personal. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const about = { packageId: text, number: text, requestId: text, request: text };
const how = { returned: { zh: '归还', en: 'given back' }, wiped: { zh: '清除', en: 'wiped' }, destroyed: { zh: '销毁', en: 'destroyed' } };
const sealed = { encrypted: { zh: '加密', en: 'encrypted' }, plain: { zh: '未加密', en: 'not encrypted' } };

export const copyEvents = {
  begun: declareEvent({
    kind: 'evidence.copy_begun', sensitive: true, personal: ['name', 'witness'], body: z.object({ ...about, copy: z.int(), name: text, witness: text, sealed: text, cameras: z.array(text), from: z.int(), until: z.int() }),
    sentence: { zh: '{name}按申请 {request} 开始导出拷贝 {number}（{sealed}）{witness}', en: '{name} began copy {number} of request {request} ({sealed}) {witness}' }, words: { sealed },
  }),
  made: declareEvent({
    kind: 'evidence.copy_made', sensitive: true, body: z.object({ ...about, copy: z.int(), sha256: text, fileSha256: text, sizeBytes: z.int(), fingerprint: text, verifierSha256: text, segments: z.int() }),
    sentence: { zh: '拷贝 {number} 已导出（申请 {request}），SHA-256 {fileSha256}', en: 'Copy {number} of request {request} was made, SHA-256 {fileSha256}' },
  }),
  failed: declareEvent({
    kind: 'evidence.copy_failed', body: z.object({ ...about, code: text, place: text }), sentence: { zh: '拷贝 {number} 导出失败（申请 {request}）：{code} {place}', en: 'Copy {number} of request {request} was not made: {code} {place}' },
  }),
  taken: declareEvent({
    kind: 'evidence.copy_taken', sensitive: true, personal: ['name'], body: z.object({ ...about, name: text, fileSha256: text }), sentence: { zh: '{name}取走拷贝文件 {number}', en: '{name} took the file of copy {number}' },
  }),
  passphraseSent: declareEvent({
    kind: 'evidence.copy_passphrase_sent', personal: ['name', 'to', 'channel'], body: z.object({ ...about, name: text, to: text, channel: text }),
    sentence: { zh: '{name}已将拷贝 {number} 的口令告知{to}（{channel}）', en: '{name} sent the passphrase of copy {number} to {to} ({channel})' },
  }),
  handedOver: declareEvent({
    kind: 'evidence.copy_handed_over', sensitive: true, personal: ['name', 'receiver', 'receiverPaper', 'purpose', 'medium', 'note'],
    body: z.object({ ...about, name: text, receiver: text, receiverPaper: text, purpose: text, medium: text, fileSha256: text, signatureSha256: text.nullable(), note: text }),
    sentence: { zh: '{name}将拷贝 {number} 交给{receiver}，用途：{purpose}，介质 {medium}', en: '{name} handed copy {number} to {receiver}, for: {purpose}, medium {medium}' },
  }),
  endingBegun: declareEvent({
    kind: 'evidence.copy_ending_begun', sensitive: true, personal: ['name', 'medium', 'note'], body: z.object({ ...about, name: text, how: text, medium: text, note: text }),
    sentence: { zh: '{name}提出将拷贝 {number} {how}，等待第二人确认 {note}', en: '{name} began to have copy {number} {how}; a second person must agree {note}' }, words: { how },
  }),
  endingWithdrawn: declareEvent({
    kind: 'evidence.copy_ending_withdrawn', personal: ['name'], body: z.object({ ...about, name: text, how: text }), sentence: { zh: '{name}撤回将拷贝 {number} {how}', en: '{name} withdrew that copy {number} be {how}' }, words: { how },
  }),
  ended: declareEvent({
    kind: 'evidence.copy_ended', sensitive: true, personal: ['name', 'second', 'medium', 'note'], body: z.object({ ...about, name: text, second: text, how: text, medium: text, note: text }),
    sentence: { zh: '拷贝 {number} 已{how}，{name}、{second} {note}', en: 'Copy {number} was {how}, {name}, {second} {note}' }, words: { how },
  }),
  noted: declareEvent({ kind: 'evidence.copy_noted', personal: ['name', 'note'], body: z.object({ ...about, name: text, note: text }), sentence: { zh: '{name}补充拷贝 {number} 的保管记录：{note}', en: '{name} added to the custody of copy {number}: {note}' } }),
  givenUp: declareEvent({
    kind: 'evidence.copy_given_up', body: z.object({ requestId: text, request: text, failures: z.int() }), sentence: { zh: '申请 {request} 的拷贝导出失败 {failures} 次，批准到期，申请失效', en: 'No copy of request {request} was made in {failures} tries; its approval ran out and it lapsed' },
  }),
  overdue: declareEvent({ kind: 'evidence.copy_overdue', body: z.object({ requestId: text, request: text, returnBy: z.int() }), sentence: { zh: '申请 {request} 的拷贝逾期未还', en: 'The copies of request {request} were not given back in time' } }),
  registerRead: declareEvent({ kind: 'evidence.copies_read', body: z.object({ from: z.int(), until: z.int(), rows: z.int() }), sentence: { zh: '查阅拷贝登记（{rows} 条）', en: 'Register of copies read ({rows} rows)' } }),
};

export const evidenceCopyEvents: readonly EventDeclaration[] = Object.values(copyEvents);
