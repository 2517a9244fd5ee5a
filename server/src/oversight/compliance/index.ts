/** Compliance: every clause of a regulation is a question to the facts. */
export { createCompliance, type Compliance } from './create-compliance.ts';
export { createEngine, lookAt, viewBoard } from './board.ts';
export type { BoundPurpose, ComplianceContext, Place, RulesInForce } from './context.ts';
export { complianceControls } from './controls.ts';
export { complianceEvents } from './events.ts';
export { brokenFactKinds, keptKinds } from './evidence.ts';
export { complianceJudges } from './judges.ts';
export { readFigureWords, readPackClauses, readPackHeads, readParameterTitles, readReasons, type PackClause, type PackHead } from './pack-clauses.ts';
export { countProofs, pairOf, type ClauseProof, type PairProof, type ProofTotals } from './proofs.ts';
export { readProofRun, type ProofRun } from './last-run.ts';
export { complianceVerbs } from './verbs.ts';
