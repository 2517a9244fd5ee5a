/** What the board writes down: breaches that its judges find, and evidence that it hands out. */
import { z } from 'zod';
import { declareEvent } from '../../mechanisms/ledger/index.ts';

/** Once for each control and breach: `facts` are those that no earlier finding named. */
export const breachFound = declareEvent({
  kind: 'compliance.breach_found', sensitive: true,
  body: z.object({ control: z.string(), holds: z.object({ zh: z.string(), en: z.string() }), facts: z.array(z.int()), from: z.int(), until: z.int() }),
  sentence: { zh: '发现违反：{holds.zh}', en: 'Breach found of: {holds.en}' },
});
export const evidencePrinted = declareEvent({
  kind: 'compliance.evidence_printed', sensitive: true,
  body: z.object({ clause: z.string(), cite: z.string().nullable(), state: z.string(), from: z.int(), until: z.int(), facts: z.int(), format: z.string(), sha256: z.string() }),
  sentence: { zh: '打印条款 {clause} 的证据，{facts} 条记录（{format}）', en: 'Evidence of clause {clause} handed out, {facts} entries ({format})' },
  words: { format: { sheet: { zh: '打印件', en: 'sheet' }, json: { zh: 'JSON', en: 'JSON' }, csv: { zh: 'CSV', en: 'CSV' } } },
});
export const complianceEvents = [breachFound, evidencePrinted] as const;
