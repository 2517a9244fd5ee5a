/** Holds: footage that no deletion may touch. */
export { createHolds, type FootageHolds } from './create-holds.ts';
export type { HoldsContext } from './context.ts';
export { holdControls } from './controls.ts';
export { holdEvents } from './events.ts';
export { holdNotices } from './notices.ts';
export { holdRefusals } from './refusals.ts';
export { holdVerbs } from './verbs.ts';
