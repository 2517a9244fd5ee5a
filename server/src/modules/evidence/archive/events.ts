/** Facts of the archive. Names of people and what they wrote are personal. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../../mechanisms/ledger/index.ts';
import { classWords, howWords, sourceWords } from './words.ts';

const text = z.string();
const about = { itemId: text, number: text };

export const archiveEvents = {
  filed: declareEvent({
    kind: 'evidence.archive_filed', sensitive: true, personal: ['name', 'title', 'words', 'giver'],
    body: z.object({ ...about, name: text, source: text, class: text, caseNumber: text, title: text, words: text, place: text, giver: text, camera: text, from: z.int().nullable(), until: z.int().nullable(), keepUntil: z.int().nullable(), sha256: text, sizeBytes: z.int(), files: z.array(z.object({ number: z.int(), segmentId: text.nullable(), sha256: text })), signatureSha256: text.nullable() }),
    sentence: { zh: '{name}归档 {number}（{source}，{class}）{title}', en: '{name} filed {number} ({source}, {class}) {title}' }, words: { class: classWords, source: sourceWords },
  }),
  described: declareEvent({
    kind: 'evidence.archive_described', personal: ['name', 'title', 'words'], body: z.object({ ...about, name: text, class: text, caseNumber: text, title: text, words: text, place: text }),
    sentence: { zh: '{name}补全档案 {number} 的著录：{class} {title}', en: '{name} completed the description of {number}: {class} {title}' }, words: { class: classWords },
  }),
  holdReleased: declareEvent({ kind: 'evidence.archive_hold_released', sensitive: true, personal: ['name', 'reason'], body: z.object({ ...about, name: text, reason: text }), sentence: { zh: '{name}解除档案 {number} 的锁定：{reason}', en: '{name} released the hold on {number}: {reason}' } }),
  ordered: declareEvent({
    kind: 'evidence.archive_ordered', sensitive: true, personal: ['name', 'reason', 'receiver', 'place', 'content', 'paper'], body: z.object({ ...about, orderId: text, approvalId: text, name: text, how: text, reason: text, receiver: text, place: text, content: text, paper: text, returnBy: z.int().nullable() }),
    sentence: { zh: '{name}申请将档案 {number} {how}：{reason}', en: '{name} asked that {number} be {how}: {reason}' }, words: { how: howWords },
  }),
  opened: declareEvent({ kind: 'evidence.archive_opened', sensitive: true, personal: ['name'], body: z.object({ ...about, orderId: text, openingId: text, name: text }), sentence: { zh: '{name}凭批准查阅档案 {number}', en: '{name} opened {number} under an approved order' } }),
  moved: declareEvent({
    kind: 'evidence.archive_moved', sensitive: true, personal: ['name', 'to', 'place', 'note'], body: z.object({ ...about, orderId: text, approvalId: text, name: text, how: text, to: text, place: text, note: text, sha256: text, signatureSha256: text.nullable() }),
    sentence: { zh: '{name}将档案 {number} {how}：{to} {place} {note}', en: '{number} was {how} by {name}: {to} {place} {note}' }, words: { how: howWords },
  }),
  returned: declareEvent({ kind: 'evidence.archive_returned', personal: ['name', 'note'], body: z.object({ ...about, name: text, note: text }), sentence: { zh: '{name}登记档案 {number} 归还 {note}', en: '{name} recorded the return of {number} {note}' } }),
  overdue: declareEvent({ kind: 'evidence.archive_overdue', body: z.object({ ...about, returnBy: z.int() }), sentence: { zh: '档案 {number} 逾期未还', en: '{number} was not given back in time' } }),
  answered: declareEvent({ kind: 'evidence.archive_answered', personal: ['name', 'note'], body: z.object({ ...about, name: text, note: text }), sentence: { zh: '{name}就 {number} 作出答复：{note}', en: '{name} answered about {number}: {note}' } }),
  destructionBegun: declareEvent({ kind: 'evidence.archive_destruction_begun', sensitive: true, personal: ['name'], body: z.object({ ...about, orderId: text, name: text }), sentence: { zh: '{name}开始销毁档案 {number}，等待第二人确认', en: '{name} began to destroy {number}; a second person must confirm' } }),
  /** The certificate: what was destroyed, file by file, by which two persons, under which order. */
  destroyed: declareEvent({
    kind: 'evidence.archive_destroyed', sensitive: true, personal: ['first', 'second', 'note'], body: z.object({ ...about, orderId: text, approvalId: text, first: text, second: text, note: text, sha256: text, files: z.array(z.object({ number: z.int(), name: text, sha256: text, sizeBytes: z.int() })) }),
    sentence: { zh: '档案 {number} 已销毁：{first}、{second} {note}', en: '{number} was destroyed by {first} and {second} {note}' },
  }),
  counted: declareEvent({
    kind: 'evidence.archive_counted', sensitive: true, personal: ['name', 'next', 'note'], body: z.object({ inventoryId: text, name: text, next: text, items: z.int(), missing: z.array(text), altered: z.array(text), listSha256: text, note: text }),
    sentence: { zh: '{name}清点档案 {items} 件 {next}', en: '{name} counted {items} items of the archive {next}' },
  }),
  takenOver: declareEvent({ kind: 'evidence.archive_taken_over', sensitive: true, personal: ['name'], body: z.object({ inventoryId: text.nullable(), name: text, listSha256: text.nullable() }), sentence: { zh: '{name}接管档案', en: '{name} took the archive over' } }),
  registerRead: declareEvent({
    kind: 'evidence.archive_read', body: z.object({ from: z.int(), until: z.int(), rows: z.int(), how: text }), sentence: { zh: '查阅档案登记（{rows} 件，{how}）', en: 'Register of the archive read ({rows} rows, {how})' },
    words: { how: { screen: { zh: '屏幕', en: 'on screen' }, csv: { zh: '导出 CSV', en: 'exported as CSV' } } },
  }),
};

export const evidenceArchiveEvents: readonly EventDeclaration[] = Object.values(archiveEvents);
