/** The ledger: what happened, who did it, can it have been altered (ledger-and-evidence.md). */
export { act, createLedger, type Ledger } from './ledger.ts';
export { serverActor, type Act, type Actor, type Appended } from './append.ts';
export { declareEvent, type EventDeclaration, type PersonalField } from './event.ts';
export { ledgerEvents, ledgerExported } from './events.ts';
export { ledgerRefusals } from './refusals.ts';
export { keyFingerprint, ledgerKeyFile, openLedgerKey, passingKey, type LedgerKey } from './key.ts';
export { anchorFile, anchorFilePath, type AnchorFile } from './anchor-file.ts';
export { createCheckpointer, type Checkpointer, type Trouble } from './checkpointer.ts';
export { eventsByKind, tellFact, type Events, type ToldFact } from './sentences.ts';
export { createQuestions, type LedgerQuestions } from './questions.ts';
export { proveFacts, walkFacts, type ProvenAnchor, type ProvenFact } from './prove.ts';
export type { FactFilter } from './store.ts';
export { createViews, type LedgerViews, type NamesOf } from './views.ts';
export { exportLedger } from './export.ts';
export { recordRestoreFromFiles, type RestoreAct } from './restore.ts';
export { ledgerSites, verifyDatabase } from './verify-database.ts';
