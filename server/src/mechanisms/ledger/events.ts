/** What the ledger states about itself. The shapes are formats/fact, since a verifier outside must read them. */
import { z } from 'zod';
import { ledgerKinds } from '../../../../formats/fact/index.ts';
import { declareEvent } from './event.ts';

export const ledgerOpened = declareEvent({
  kind: ledgerKinds.opened,
  body: z.object({ origin: z.string(), key: z.string() }),
  sentence: { zh: '账本启用，签名密钥 {key}', en: 'Ledger opened, signing key {key}' },
  sensitive: true,
});

export const ledgerRestored = declareEvent({
  kind: ledgerKinds.restored,
  body: z.object({
    epoch: z.int().min(2), origin: z.string(), key: z.string(), keptSize: z.int(), lostUntil: z.int(), lastAnchor: z.string().nullable(),
    persons: z.array(z.string()).min(2), reason: z.string(),
  }),
  personal: ['reason'],
  sentence: { zh: '从备份恢复：保留第 1 至 {keptSize} 条，丢失至第 {lostUntil} 条，新纪元 {epoch}。原因：{reason}', en: 'Restored from a backup: facts 1 to {keptSize} kept, lost up to {lostUntil}, epoch {epoch}. Reason: {reason}' },
  sensitive: true,
});

export const ledgerKeyChanged = declareEvent({
  kind: ledgerKinds.keyChanged,
  body: z.object({ oldKey: z.string(), newKey: z.string(), signature: z.string().nullable(), persons: z.array(z.string()), anchor: z.string().nullable() }),
  sentence: { zh: '账本签名密钥更换为 {newKey}', en: 'Ledger signing key changed to {newKey}' },
  sensitive: true,
});

export const ledgerErased = declareEvent({
  kind: ledgerKinds.erased,
  body: z.object({ seq: z.int(), path: z.string(), retentionClass: z.string(), reason: z.string() }),
  personal: ['reason'],
  sentence: { zh: '依法抹除第 {seq} 条记录的 {path}（类别 {retentionClass}）。原因：{reason}', en: 'Erased {path} of fact {seq} (class {retentionClass}) by law. Reason: {reason}' },
  sensitive: true,
});

export const ledgerClockStepped = declareEvent({
  kind: ledgerKinds.clockStepped,
  body: z.object({ behindMs: z.int(), signedAt: z.int() }),
  sentence: { zh: '服务器时钟被拨回，比最近一次签名早 {behindMs} 毫秒', en: 'The clock of the server was set back, {behindMs} ms behind the last signature' },
  sensitive: true,
});

export const anchorMade = declareEvent({
  kind: ledgerKinds.anchorMade,
  body: z.object({ size: z.int(), root: z.string() }),
  sentence: { zh: '制作账本锚点（第 1 至 {size} 条）', en: 'Anchor made for facts 1 to {size}' },
});

export const ledgerExported = declareEvent({
  kind: ledgerKinds.exported,
  body: z.object({ fromSeq: z.int(), untilSeq: z.int(), withPrivateValues: z.boolean() }),
  sentence: { zh: '导出账本第 {fromSeq} 至 {untilSeq} 条', en: 'Ledger exported, facts {fromSeq} to {untilSeq}' },
  sensitive: true,
});

export const ledgerEvents = [ledgerOpened, ledgerRestored, ledgerKeyChanged, ledgerErased, ledgerClockStepped, anchorMade, ledgerExported] as const;
