/** The door of copies: packages made under approved requests, and their chain of custody. */
export { createCopies, type Copies } from './create-copies.ts';
export type { CopiesContext, FootageFile, FootageOfCamera, ProvenFacts } from './context.ts';
export { copyControls } from './controls.ts';
export { evidenceCopyEvents } from './events.ts';
export { copyRefusals } from './refusals.ts';
