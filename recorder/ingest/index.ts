/** The door of the ingest: `openIngest` connects one camera and announces its access units (see interface.ts). */
export { alignedMemory, blockBytes } from './aligned-memory.ts';
export { BufferPool } from './buffer-pool.ts';
export { DrainClock } from './drain.ts';
export type { AccessUnit, Ingest, IngestDeps, IngestEvents, OpenIngest, ParameterSets, Region, SenderReport } from './interface.ts';
export { openIngest } from './camera-ingest.ts';
