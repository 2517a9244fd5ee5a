/** Facts of holds. What people write is personal. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const instant = z.int();
const hold = { holdId: text, requestId: text };
const span = { cameraIds: z.array(text), cameras: text, from: instant, until: instant };
const size = { segments: z.int(), sizeBytes: z.int() };
const howWords = {
  rejected: { zh: '申请未获同意', en: 'the request was rejected' }, withdrawn: { zh: '申请撤回', en: 'the request was withdrawn' },
  undecided: { zh: '到期未作决定', en: 'nobody decided in time' }, released: { zh: '解除', en: 'released' },
};

export const events = {
  placed: declareEvent({
    kind: 'evidence.hold_placed', sensitive: true, personal: ['reason'], body: z.object({ ...hold, ...span, ...size, reason: text, decideBy: instant }),
    sentence: { zh: '临时锁定 {cameras} 录像 {segments} 段：{reason}', en: 'Footage of {cameras} held for now ({segments} segments): {reason}' },
  }),
  confirmed: declareEvent({
    kind: 'evidence.hold_confirmed', sensitive: true, personal: ['reason', 'owner'],
    body: z.object({ ...hold, ...span, ...size, reason: text, ownerId: text, owner: text, reviewAt: instant, sharePercent: z.number().nullable(), space: text }),
    sentence: { zh: '确认锁定 {cameras} 录像 {segments} 段，负责人{owner}：{reason}', en: 'Footage of {cameras} held ({segments} segments), {owner} answers for it: {reason}' },
  }),
  extended: declareEvent({
    kind: 'evidence.hold_extended', sensitive: true, personal: ['reason'], body: z.object({ ...hold, what: text, before: instant, after: instant, reason: text }),
    sentence: { zh: '延长锁定（{what}）：{reason}', en: 'Hold extended ({what}): {reason}' },
    words: { what: { decide_by: { zh: '待决期限', en: 'time to decide' }, review_at: { zh: '复核日期', en: 'date of review' } } },
  }),
  ended: declareEvent({
    kind: 'evidence.hold_ended', sensitive: true, personal: ['note'], body: z.object({ ...hold, ...span, how: text, note: text }),
    sentence: { zh: '{cameras} 录像锁定结束（{how}）{note}', en: 'Hold on footage of {cameras} ended ({how}) {note}' }, words: { how: howWords },
  }),
  reviewDue: declareEvent({
    kind: 'evidence.hold_review_due', body: z.object({ ...hold, reviewAt: instant, ownerId: text }), sentence: { zh: '录像锁定到期复核', en: 'Hold on footage is due for review' },
  }),
  quotaGiven: declareEvent({
    kind: 'evidence.hold_quota_given', sensitive: true, personal: ['name', 'reason'], body: z.object({ personId: text, name: text, cameraHours: z.int(), validUntil: instant, reason: text }),
    sentence: { zh: '将{name}的待决锁定上限放宽到 {cameraHours} 路·小时：{reason}', en: '{name} may hold {cameraHours} undecided camera-hours: {reason}' },
  }),
};

export const holdEvents: readonly EventDeclaration[] = Object.values(events);
