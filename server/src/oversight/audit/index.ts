/** Audit: all acts of the room as people ask about them, with the record of who asked. */
export { createAudit, type Audit } from './create-audit.ts';
export { eventsIn, nothingTold, tell, toldKinds, untoldIn, type Told } from './told.ts';
export { auditControls } from './controls.ts';
export { auditEvents } from './events.ts';
export { auditRefusals } from './refusals.ts';
export { auditJudges } from './judges.ts';
export { auditVerbs } from './verbs.ts';
