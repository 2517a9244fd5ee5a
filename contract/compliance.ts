/** Every clause of a regulation as a question to the facts: its state for a period, the facts behind the answer, the figures of the board. */
import { z } from 'zod';
import { endpoint, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { FactView } from './ledger.ts';

/** no_control: nothing holds this clause yet. evidence_due: something holds it, yet no fact of the period shows it. */
export const ClauseState = z.enum(['satisfied', 'breached', 'evidence_due', 'not_applicable', 'no_control']);
export type ClauseState = z.infer<typeof ClauseState>;

const clauseId = z.string().regex(/^[A-Z0-9]{3}-[A-Z0-9.]+$/);
const period = { from: InstantInQuery.optional(), until: InstantInQuery.optional() };

export const ClauseRow = z.object({
  id: z.string(),
  /** Folder of its pack, e.g. brn. */
  pack: z.string(),
  /** pack@version#clause when it binds the room; null: not adopted or set aside. */
  cite: z.string().nullable(),
  zh: z.string(), en: z.string(),
  theme: z.string(), treatment: z.enum(['enforce', 'detect', 'evidence']),
  state: ClauseState,
  /** Why it is not applicable, or what is missing. */
  reason: Sentence.nullable(),
  responsible: Sentence,
  /** How many facts of the period stand behind the answer, and the newest of them. */
  evidence: z.int(),
  lastSeq: z.int().nullable(),
  controls: z.int(),
});
export type ClauseRow = z.infer<typeof ClauseRow>;

export const readBoard = endpoint({
  method: 'GET', path: '/api/compliance/board', summary: { zh: '合规台账', en: 'The clause board' },
  query: z.object(period),
  response: z.object({
    from: Instant, until: Instant,
    /** Up to which entry of the ledger. */
    seq: z.int(),
    regulations: z.array(z.object({ pack: z.string(), title: Sentence, adopted: z.boolean() })),
    clauses: z.array(ClauseRow),
  }),
});

/** What the adopted regulations ask of the person who asks, by regulation. */
export const ownDuties = endpoint({
  method: 'GET', path: '/api/compliance/own-duties', summary: { zh: '我的职责', en: 'What the regulations ask of me' },
  response: z.object({
    regulations: z.array(z.object({
      pack: z.string(), title: Sentence,
      /** forAll: it binds everybody, not this role alone. */
      duties: z.array(z.object({ id: z.string(), source: z.string(), kind: z.enum(['obligation', 'prohibition', 'permission']), theme: z.string(), zh: z.string(), en: z.string(), forAll: z.boolean() })),
    })),
  }),
});

export const ControlAnswer = z.object({
  name: z.string(), holds: Sentence,
  /** Null: no fact is ever asked, what it holds shows in evidence alone. */
  state: ClauseState.nullable(),
});
export const ClausePage = z.object({
  clause: ClauseRow,
  /** Where the regulation says it. */
  regulation: Sentence,
  parameters: z.array(z.object({ name: z.string(), title: Sentence, value: z.string(), unit: z.string().nullable(), since: Instant.nullable() })),
  controls: z.array(ControlAnswer),
  /** Newest first, at most 100; of a breach those that show it. */
  facts: z.array(FactView),
  /** What the program's own tests prove of it, by capability. */
  proofs: z.array(z.object({ capability: z.string(), tests: z.int(), reason: Sentence.nullable() })),
});
export type ClausePage = z.infer<typeof ClausePage>;
export const readClause = endpoint({
  method: 'GET', path: '/api/compliance/clauses/:clauseId', summary: { zh: '一个条款', en: 'One clause with the facts behind its state' },
  params: z.object({ clauseId }), query: z.object(period), response: ClausePage.extend({ from: Instant, until: Instant }),
});

/** For the printed sheet; making it is a recorded act. */
export const EvidencePack = z.object({
  seq: z.int(), madeAt: Instant, by: z.string(), from: Instant, until: Instant, page: ClausePage,
  /** Newest signed checkpoint, so that the sheet can be checked against the ledger. */
  checkpoint: z.string(), sha256: z.string(),
});
export type EvidencePack = z.infer<typeof EvidencePack>;
export const printEvidence = endpoint({
  method: 'POST', path: '/api/compliance/clauses/:clauseId/evidence', summary: { zh: '打印条款证据', en: 'Print the evidence of a clause' },
  params: z.object({ clauseId }), body: z.object({ from: Instant, until: Instant }), response: EvidencePack,
});
export const downloadEvidence = endpoint({
  method: 'POST', path: '/api/compliance/clauses/:clauseId/evidence-file', summary: { zh: '下载条款证据（JSON 或 CSV）', en: 'Download the evidence of a clause (JSON or CSV)' },
  params: z.object({ clauseId }), body: z.object({ from: Instant, until: Instant, format: z.enum(['json', 'csv']) }), bytes: true,
});

export const FigureView = z.object({
  key: z.string(), title: Sentence, unit: z.enum(['percent', 'seconds', 'minutes', 'count', 'gigabytes']), better: z.enum(['higher', 'lower']),
  /** Null: there was nothing to measure. */
  value: z.number().nullable(),
  target: z.number(),
  /** The parameter that the target comes from; null: a value of the site's profile or of the program. */
  targetFrom: z.string().nullable(),
  /** The value misses its target. */
  missed: z.boolean(),
  /** One value a day, oldest first. */
  trend: z.array(z.object({ from: Instant, value: z.number().nullable() })),
  facts: z.array(z.int()),
});
export type FigureView = z.infer<typeof FigureView>;
export const PurposeView = z.object({
  clause: z.string(), pack: z.string(), zh: z.string(), en: z.string(),
  figures: z.array(z.string()),
  /** Figures that the regulation names and no fact can tell yet. */
  missing: z.array(z.object({ key: z.string(), title: Sentence })),
  /** No figure at all shows this purpose. */
  gap: z.boolean(),
});
export const readFigures = endpoint({
  method: 'GET', path: '/api/compliance/figures', summary: { zh: '制度目的与指标', en: 'Purposes of the regulations and their figures' },
  query: z.object(period),
  response: z.object({
    from: Instant, until: Instant,
    figures: z.array(FigureView),
    purposes: z.array(PurposeView),
    /** Worst first; below: under the target. */
    cameras: z.array(z.object({
      cameraId: z.string(), label: z.string(), percent: z.number(), below: z.boolean(), lostNow: z.boolean(),
      gaps: z.array(z.object({ gapId: z.string(), from: Instant, until: Instant.nullable(), reason: z.string(), seq: z.int() })),
    })),
    /** Cameras without picture now: the room does not run fully. Null: it does. */
    degraded: z.array(z.string()).nullable(),
    /** Inspected as normal, yet without picture then or afterwards; newest first. seqs: the form, the loss. */
    mismatches: z.array(z.object({ cameraId: z.string(), camera: z.string(), inspection: Sentence, inspectedAt: Instant, by: z.string(), from: Instant, until: Instant.nullable(), seqs: z.array(z.int()) })),
    duties: z.array(z.object({ title: Sentence, until: Instant, state: z.enum(['due', 'done', 'done_late', 'overdue', 'missed', 'waived']), by: z.string().nullable(), seq: z.int() })),
    /** Scores of the people on duty, 0 to 100; null: nothing to measure. */
    people: z.array(z.object({ personId: z.string(), name: z.string(), answered: z.int(), medianSeconds: z.number().nullable(), duties: z.int(), dutiesInTime: z.int(), score: z.number().nullable() })),
  }),
});
