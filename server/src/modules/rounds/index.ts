/** The door of the rounds module: important positions, marks, missed views, coverage. */
export { createRounds, type Rounds } from './create-rounds.ts';
export { questions as roundsQuestions } from './questions.ts';
export { roundsControls } from './controls.ts';
export { roundsEvents } from './events.ts';
export { roundsJudges } from './judges.ts';
export { roundsKinds } from './kinds.ts';
export { roundsRefusals } from './refusals.ts';
export { roundsVerbs } from './verbs.ts';
