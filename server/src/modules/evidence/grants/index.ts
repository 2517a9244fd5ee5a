/** Grants: the right to look at footage, bounded by camera, span, person, place and time. */
export { createGrants, type FootageGrants, type GrantEars } from './create-grants.ts';
export type { GrantsContext } from './context.ts';
export { grantControls } from './controls.ts';
export { grantEvents } from './events.ts';
export { grantRefusals } from './refusals.ts';
