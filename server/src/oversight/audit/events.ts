/** What people do with the record of acts is itself an act. */
import { z } from 'zod';
import { declareEvent } from '../../mechanisms/ledger/index.ts';

const asked = {
  personId: z.string().nullable(), cameraId: z.string().nullable(), group: z.string().nullable(), kind: z.string().nullable(), text: z.string().nullable(), seqs: z.string().nullable(),
  from: z.int().nullable(), until: z.int().nullable(),
};

/** times: 1 at once; repetitions within ten minutes come together as one more. */
export const actsRead = declareEvent({
  kind: 'audit.acts_read',
  body: z.object({ ...asked, fromSeq: z.int(), untilSeq: z.int(), count: z.int(), times: z.int() }),
  personal: ['text'],
  sentence: { zh: '查询操作记录，看到 {count} 条', en: 'Record of acts searched, {count} entries seen' },
});
/** The ledger page; times, personId, from and until are absent from early facts, of which each told one page. */
export const ledgerRead = declareEvent({
  kind: 'room.ledger_read',
  body: z.object({
    kind: z.string().nullable(), subject: z.string().nullable(), personId: z.string().nullable().optional(), from: z.int().nullable().optional(), until: z.int().nullable().optional(),
    fromSeq: z.int(), untilSeq: z.int(), count: z.int(), times: z.int().optional(),
  }),
  sentence: { zh: '查阅账本第 {fromSeq} 至 {untilSeq} 条', en: 'Facts {fromSeq} to {untilSeq} of the ledger read' },
});
export const actsExported = declareEvent({
  kind: 'audit.acts_exported', sensitive: true,
  body: z.object({ ...asked, format: z.string(), count: z.int(), fromSeq: z.int(), untilSeq: z.int(), sha256: z.string(), reason: z.string() }),
  personal: ['text', 'reason'],
  sentence: { zh: '导出操作记录 {count} 条（{format}）：{reason}', en: '{count} acts exported ({format}): {reason}' },
});
export const watermarkTraced = declareEvent({
  kind: 'audit.watermark_traced', sensitive: true,
  body: z.object({ watermark: z.string(), personId: z.string(), cameraId: z.string().nullable(), found: z.int() }),
  personal: ['watermark'],
  sentence: { zh: '由水印“{watermark}”追查，查到 {found} 条', en: 'Watermark "{watermark}" traced, {found} entries found' },
});
export const viewersListed = declareEvent({
  kind: 'audit.viewers_listed', sensitive: true,
  body: z.object({ cameraId: z.string(), camera: z.string(), from: z.int(), until: z.int(), count: z.int() }),
  sentence: { zh: '列出 {camera} 的查看者 {count} 人次', en: '{count} viewings of {camera} listed' },
});
export const outcomeWords = { in_order: { zh: '无异常', en: 'in order' }, with_findings: { zh: '有问题', en: 'with findings' } } as const;
export const reviewSigned = declareEvent({
  kind: 'audit.review_signed', sensitive: true,
  /** digest, size, root, evidence: absent from early reviews, which were confirmed by proving again who signs. */
  body: z.object({
    from: z.int(), until: z.int(), outcome: z.enum(['in_order', 'with_findings']), note: z.string(), acts: z.int(), untilSeq: z.int(), method: z.string(),
    digest: z.string().optional(), size: z.int().optional(), root: z.string().optional(), credentialId: z.string().nullable().optional(), evidence: z.string().optional(),
  }),
  personal: ['note'],
  sentence: { zh: '签署操作记录审查：{outcome}，共 {acts} 条 {note}', en: 'Review of acts signed: {outcome}, {acts} entries {note}' },
  words: { outcome: outcomeWords },
});
export const erasureOrdered = declareEvent({
  kind: 'audit.erasure_ordered', sensitive: true,
  body: z.object({ until: z.int(), retentionDays: z.int(), reason: z.string() }),
  personal: ['reason'],
  sentence: { zh: '要求抹除期满（{retentionDays} 天）操作记录中的个人信息：{reason}', en: 'Erasure of personal data past its term of {retentionDays} days ordered: {reason}' },
});
/** The certificate: which values of which entries are gone; the entries and every proof stay. */
export const valuesExpired = declareEvent({
  kind: 'audit.values_expired', sensitive: true,
  body: z.object({ orderSeq: z.int(), until: z.int(), count: z.int(), fromSeq: z.int(), untilSeq: z.int(), sha256: z.string() }),
  sentence: { zh: '证明：已抹除第 {fromSeq} 至 {untilSeq} 条中的 {count} 个个人信息值', en: 'Certificate: {count} personal values of entries {fromSeq} to {untilSeq} are erased' },
});

export const auditEvents = [actsRead, ledgerRead, actsExported, watermarkTraced, viewersListed, reviewSigned, erasureOrdered, valuesExpired] as const;
