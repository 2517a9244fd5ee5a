/** Compliance: every clause of a regulation is a question to the facts. */
export { readPackClauses, readReasons, type PackClause } from './pack-clauses.ts';
export { countProofs, pairOf, type ClauseProof, type PairProof, type ProofTotals } from './proofs.ts';
export { readProofRun, type ProofRun } from './last-run.ts';
