/** Facts of grants. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const instant = z.int();
const about = { grantId: text, requestId: text, number: text };
const modeWords = {
  monitor_views: { zh: '监控员代看', en: 'the operator looks' }, requester_in_room: { zh: '申请人在监控室看', en: 'the applicant looks in the room' }, remote: { zh: '远程观看', en: 'seen elsewhere' },
};

export const events = {
  given: declareEvent({
    kind: 'evidence.grant_given', sensitive: true, personal: ['people'],
    body: z.object({ ...about, approvalId: text, personIds: z.array(text), people: text, cameraIds: z.array(text), cameras: text, from: instant, until: instant, post: text.nullable(), validFrom: instant, validUntil: instant, mode: text }),
    sentence: { zh: '按申请 {number} 授权 {people} 观看 {cameras} 录像（{mode}）', en: 'Under request {number} {people} may look at footage of {cameras} ({mode})' }, words: { mode: modeWords },
  }),
  ended: declareEvent({
    kind: 'evidence.grant_ended', sensitive: true, personal: ['note'], body: z.object({ ...about, how: text, note: text }),
    sentence: { zh: '申请 {number} 的调阅授权结束（{how}）{note}', en: 'Grant of request {number} ended ({how}) {note}' },
    words: { how: { revoked: { zh: '收回', en: 'revoked' }, finished: { zh: '看完', en: 'finished' } } },
  }),
};

export const grantEvents: readonly EventDeclaration[] = Object.values(events);
