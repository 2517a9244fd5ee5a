/** Offline verifier of a ledger: library. See cli.ts for the program and README.md for what a verdict means. */
export { checkChunk, type ChunkResult, type ChunkTask, type FactCopies, type FactRecord, type PrivateRecord } from './chunk.ts';
export { heartbeatGapMs, type CheckpointRecord } from './checkpoints.ts';
export { Verifier, verifyLedger, type LedgerSource, type VerifierInput } from './verifier.ts';
export { tellReport, type Report, type Verdict } from './report.ts';
export { type Finding, type FindingCode } from './finding.ts';
export { checkpointLine, ExportError, exportHeader, factLine, openExport, privateLine, type OpenedExport } from './export-file.ts';
