/** Facts of consoles. */
import { z } from 'zod';
import { declareEvent } from '../../../mechanisms/ledger/index.ts';

const text = z.string();
const one = { consoleId: text, name: text };

export const consoleRegistered = declareEvent({
  kind: 'video.console_registered', sensitive: true, personal: [], body: z.object({ ...one, reason: text, until: z.int().nullable() }), sentence: { zh: '登记操作台“{name}”{reason}', en: 'Console "{name}" registered {reason}' },
});
export const consoleRemoved = declareEvent({
  kind: 'video.console_removed', sensitive: true, personal: [], body: z.object({ ...one, reason: text }), sentence: { zh: '撤销操作台“{name}”：{reason}', en: 'Console "{name}" removed: {reason}' },
});
export const receiverRefused = declareEvent({
  kind: 'video.receiver_refused', personal: ['name'],
  body: z.object({ what: z.enum(['live', 'footage', 'picture']), name: text }),
  sentence: { zh: '{name}在未登记的电脑上请求{what}，已拒绝', en: '{name} asked for {what} at a computer that is not registered: refused' },
  words: { what: { live: { zh: '实时画面', en: 'live pictures' }, footage: { zh: '录像', en: 'footage' }, picture: { zh: '抓拍图片', en: 'the picture of a snapshot' } } },
});

export const consoleEvents = [consoleRegistered, consoleRemoved, receiverRefused];
