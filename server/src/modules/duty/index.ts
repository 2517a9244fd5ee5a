/** The door of the duty module: posts signed on and off, the shift log, faults and serious events. */
export { createDuty, type Duty } from './create-duty.ts';
export type { DutyContext, ShiftTask } from './context.ts';
export { questions as dutyQuestions } from './questions.ts';
export type { NewEntry } from './commands/write-log.ts';
export type { Telemetry } from './sections.ts';
export { dutyKinds } from './kinds.ts';
export { dutyRefusals } from './refusals.ts';
export { dutyEvents } from './events.ts';
export { dutyVerbs } from './verbs.ts';
export { dutyControls } from './controls.ts';
export { dutyJudges } from './judges.ts';
