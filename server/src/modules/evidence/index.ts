/** The door of requests for footage: asking, approval, looking, writing back, register F5. */
export { createEvidence, type Evidence } from './create-evidence.ts';
export type { EvidenceContext, GrantsSlot, HoldsSlot, WriteBackSlot } from './context.ts';
export { footageIn, type KnownFootage } from './existing.ts';
export type { FootageRequest } from './request.ts';
export { createGrants, grantControls, grantEvents, grantRefusals, type FootageGrants } from './grants/index.ts';
export { createHolds, holdControls, holdEvents, holdNotices, holdRefusals, holdVerbs, type FootageHolds } from './holds/index.ts';
export { copyControls, copyRefusals, createCopies, evidenceCopyEvents, type Copies, type CopiesContext } from './copies/index.ts';
export { evidenceControls } from './controls.ts';
export { evidenceJudges } from './judges.ts';
export { evidenceEvents } from './events.ts';
export { evidenceNotices } from './notices.ts';
export { evidenceRefusals } from './errors.ts';
export { evidenceVerbs } from './policy.ts';
export { countRequests } from './store.ts';
export { viewingsOf } from './viewing-store.ts';
export { archiveControls, archiveNotices, archiveRefusals, archiveVerbs, createArchive, evidenceArchiveEvents, type Archive, type ArchiveContext } from './archive/index.ts';
