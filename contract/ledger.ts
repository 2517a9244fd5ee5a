/** The ledger seen over HTTP: what happened, who did it, can it have been altered. */
import { z } from 'zod';
import { endpoint, Instant, InstantInQuery } from './endpoint.ts';

export const FactView = z.object({
  seq: z.int(), at: Instant, kind: z.string(), version: z.int(), subject: z.string(),
  actor: z.object({ kind: z.enum(['person', 'process']), id: z.string(), name: z.string(), post: z.string().nullable() }),
  /** What happened, in a sentence of the field. */
  zh: z.string(), en: z.string(),
  body: z.record(z.string(), z.unknown()),
  leafHash: z.string(),
});
export type FactView = z.infer<typeof FactView>;

export const listFacts = endpoint({
  method: 'GET', path: '/api/ledger/facts', summary: { zh: '账本记录', en: 'Facts of the ledger, newest first' },
  query: z.object({ before: z.coerce.number().pipe(z.int().min(0)).optional(), kind: z.string().max(64).optional(), subject: z.string().max(64).optional(), actorId: z.string().max(64).optional(), from: InstantInQuery.optional(), until: InstantInQuery.optional() }),
  response: z.object({ facts: z.array(FactView), more: z.boolean() }),
});

export const head = endpoint({
  method: 'GET', path: '/api/ledger/head', summary: { zh: '账本最新签名', en: 'Newest signed checkpoint' },
  response: z.object({ size: z.int(), signedAt: Instant.nullable(), rootHash: z.string(), checkpoint: z.string(), keyFingerprint: z.string() }),
});

/** For the printed page that both shifts sign: the checkpoint as a QR code (SVG) with its words. */
export const anchorPage = endpoint({
  method: 'POST', path: '/api/ledger/anchors', summary: { zh: '打印锚点（二维码）', en: 'Make an anchor to print (QR code)' },
  response: z.object({ size: z.int(), signedAt: Instant, rootHash: z.string(), checkpoint: z.string(), keyFingerprint: z.string(), qrSvg: z.string() }),
});
