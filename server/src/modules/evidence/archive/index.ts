/** The door of the archive: items filed with case, class, index, custodian and place; orders about them, counts, the chain of custody. */
export { createArchive, type Archive } from './create-archive.ts';
export type { ArchiveContext, FootageDay } from './context.ts';
export { archiveControls } from './controls.ts';
export { evidenceArchiveEvents } from './events.ts';
export { archiveNotices } from './notices.ts';
export { archiveRefusals } from './refusals.ts';
export { archiveVerbs } from './verbs.ts';
