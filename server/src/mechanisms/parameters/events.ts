/** Facts of parameters: which rule began to hold, by whose decision. Every one is signed at once. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../ledger/index.ts';
import { ValueSchema } from './catalogue.ts';

const text = z.string();
const words = z.object({ zh: text, en: text });
const room = text.nullable();
const approval = text.nullable();

export const events = {
  packImported: declareEvent({
    kind: 'parameters.pack_imported', sensitive: true,
    body: z.object({ pack: text, version: z.int(), digest: text, signedBy: text.nullable(), approvalId: approval }),
    sentence: { zh: '导入制度包 {pack} 第 {version} 版', en: 'pack {pack} version {version} was imported' },
  }),
  packAdopted: declareEvent({
    kind: 'parameters.pack_adopted', sensitive: true,
    body: z.object({ pack: text, version: z.int(), title: words, digest: text, place: words, roomId: room, nodeId: text.nullable(), from: z.int(), clauses: z.int(), annexes: z.array(text), approvalId: approval }),
    sentence: { zh: '采用《{title.zh}》第 {version} 版，适用于{place.zh}', en: '“{title.en}” version {version} was adopted for {place.en}' },
  }),
  adoptionEnded: declareEvent({
    kind: 'parameters.adoption_ended', sensitive: true,
    body: z.object({ pack: text, version: z.int(), title: words, from: z.int(), approvalId: approval }),
    sentence: { zh: '废止《{title.zh}》第 {version} 版', en: '“{title.en}” version {version} was ended' },
  }),
  conflictSettled: declareEvent({
    kind: 'parameters.conflict_settled', sensitive: true,
    body: z.object({ conflictId: text, topic: words, option: text, chosen: words, values: z.record(z.string(), ValueSchema), reason: text, roomId: room, from: z.int(), approvalId: approval }),
    personal: ['reason'],
    sentence: { zh: '裁定冲突 {conflictId}（{topic.zh}）：{chosen.zh}', en: 'conflict {conflictId} ({topic.en}) settled: {chosen.en}' },
  }),
  clauseWaived: declareEvent({
    kind: 'parameters.clause_waived', sensitive: true,
    body: z.object({ clause: text, reason: text, roomId: room, from: z.int(), reviewAt: z.int(), approvalId: approval }),
    personal: ['reason'],
    sentence: { zh: '条款 {clause} 暂不适用。理由：{reason}', en: 'clause {clause} was set aside. Reason: {reason}' },
  }),
  valueChanged: declareEvent({
    kind: 'parameters.value_changed', sensitive: true,
    body: z.object({ name: text, title: words, value: ValueSchema, valueBefore: ValueSchema, shown: words, shownBefore: words, reason: text, roomId: room, from: z.int(), approvalId: approval }),
    personal: ['reason'],
    sentence: { zh: '参数“{title.zh}”由 {shownBefore.zh} 改为 {shown.zh}', en: 'parameter “{title.en}” changed from {shownBefore.en} to {shown.en}' },
  }),
  roomLetOff: declareEvent({
    kind: 'parameters.room_let_off', sensitive: true,
    body: z.object({ pack: text, title: words, reason: text, adoptionId: text, approvalId: text }),
    personal: ['reason'],
    sentence: { zh: '本室经批准不适用《{title.zh}》', en: '“{title.en}” does not bind this room, by an approved exception' },
  }),
  profileChanged: declareEvent({
    kind: 'parameters.profile_changed', sensitive: true,
    body: z.object({ version: z.int(), digest: text, siteKind: text.nullable(), areas: z.int(), uncovered: z.int(), approvalId: approval }),
    sentence: { zh: '场所档案第 {version} 版批准生效', en: 'version {version} of the site’s profile was approved' },
  }),
  rulingGiven: declareEvent({
    kind: 'parameters.ruling_given',
    body: z.object({ clause: text, unit: text, question: text, ruling: text }),
    sentence: { zh: '{unit}对条款 {clause} 作出解释：{ruling}', en: '{unit} gave a ruling on clause {clause}: {ruling}' },
  }),
};

/** For the ledger's sentences. */
export const parametersEvents: readonly EventDeclaration[] = Object.values(events);
