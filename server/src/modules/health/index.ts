/** The door of the health module: state of every device, checks of pictures, clocks, power supplies. */
export { createHealth, type Health } from './create-health.ts';
export type { HealthContext } from './context.ts';
export { questions as healthQuestions } from './questions.ts';
export { healthControls } from './controls.ts';
export { healthEvents } from './events.ts';
export { healthJudges } from './judges.ts';
export { healthKinds } from './kinds.ts';
export { healthRefusals } from './refusals.ts';
export { healthVerbs } from './verbs.ts';
