/** Facts of watch rounds. */
import { z } from 'zod';
import { declareEvent, type EventDeclaration } from '../../mechanisms/ledger/index.ts';

const text = z.string();
const position = { positionId: text, position: text, camera: text };
const turn = { positionId: text, position: text, from: z.int(), until: z.int(), shift: z.int().nullable(), onPost: z.array(text) };

export const events = {
  positionAdded: declareEvent({ kind: 'rounds.position_added', body: z.object({ ...position, cameraId: text, intervalMinutes: z.int().nullable(), postId: text.nullable() }), sentence: { zh: '添加重点部位“{position}”（{camera}）', en: 'Important position "{position}" added ({camera})' } }),
  positionRemoved: declareEvent({ kind: 'rounds.position_removed', body: z.object(position), sentence: { zh: '移除重点部位“{position}”（{camera}）', en: 'Important position "{position}" removed ({camera})' } }),
  marked: declareEvent({
    kind: 'rounds.position_marked', personal: ['name', 'text'], body: z.object({ ...position, markId: text, mark: text, text, name: text, watchedMs: z.int(), rushed: z.boolean(), entryId: text.nullable() }),
    sentence: { zh: '{name}巡看“{position}”：{mark} {text}', en: '{name} looked at "{position}": {mark} {text}' }, words: { mark: { observed: { zh: '正常', en: 'observed' }, abnormal: { zh: '异常', en: 'abnormal' } } },
  }),
  turnMissed: declareEvent({ kind: 'rounds.turn_missed', personal: ['onPost'], body: z.object(turn), sentence: { zh: '漏看重点部位“{position}”', en: 'Important position "{position}" was not looked at' } }),
  turnRushed: declareEvent({ kind: 'rounds.turn_rushed', personal: ['onPost'], body: z.object(turn), sentence: { zh: '重点部位“{position}”看得过短', en: 'Important position "{position}" was looked at too briefly' } }),
  hourCovered: declareEvent({ kind: 'rounds.hour_covered', body: z.object({ from: z.int(), due: z.int(), viewed: z.int(), rushed: z.int(), missed: z.int(), percent: z.number() }), sentence: { zh: '本小时巡看完成 {percent}%（应看 {due} 次）', en: 'Watch rounds of the hour: {percent} % of {due} views' } }),
};

export const roundsEvents: readonly EventDeclaration[] = Object.values(events);
