/** What the facts tell of devices: that somebody looked, what was wrong, and that it did not last. */
import type { Judge } from '../../base/judge.ts';
import { textIn } from '../../base/fact-body.ts';
import { declareWitness, type Sign } from '../../base/witness.ts';
import type { Fact } from '../../../../formats/fact/index.ts';
import { alarmOfTrouble, clockFindings, deviceCase, deviceState, faultOfTrouble, normalBeforeClosing, obstructionTask, pictureFindings, shiftDifference, shiftOfTrouble, stateAge } from './controls.ts';

const responsible = 'technician';
const troubleOf = (checks: readonly string[], looked: string) => ({ kind, body }: Fact): Sign => {
  if (kind === looked) return 'kept';
  return checks.includes(textIn(body, 'check')) ? 'broken' : null;
};
const pictureChecks = ['black', 'bright', 'covered', 'blurred', 'moved', 'colour_cast', 'noise', 'frozen'];

/** Faults that the machine opened stand under its own name. */
const faultSign = ({ actor, body }: Fact): Sign => (actor.kind === 'process' && textIn(body, 'kind') === 'fault' ? 'kept' : null);
const pollerSign = ({ kind, body }: Fact): Sign => (kind === 'health.devices_looked' ? 'kept' : textIn(body, 'kind') === 'poller' ? 'broken' : null);

export const healthJudges: readonly Judge[] = [
  declareWitness({ control: deviceState, responsible, kinds: ['health.devices_looked', 'health.trouble_begun'], sign: troubleOf(['offline', 'usable'], 'health.devices_looked') }),
  declareWitness({ control: pictureFindings, responsible, kinds: ['health.pictures_looked', 'health.trouble_begun'], sign: troubleOf(pictureChecks, 'health.pictures_looked') }),
  declareWitness({ control: clockFindings, responsible, kinds: ['health.devices_looked', 'health.trouble_begun'], sign: troubleOf(['clock'], 'health.devices_looked') }),
  declareWitness({ control: shiftOfTrouble, responsible: 'shift_leader', conditional: true, kinds: ['health.trouble_begun'] }),
  declareWitness({ control: faultOfTrouble, responsible, conditional: true, kinds: ['duty.thread_opened'], sign: faultSign }),
  declareWitness({ control: alarmOfTrouble, responsible, conditional: true, kinds: ['notifications.alarm_raised'], sign: ({ body }) => (textIn(body, 'kind').startsWith('health.') ? 'kept' : null) }),
  declareWitness({ control: stateAge, responsible, kinds: ['health.devices_looked', 'health.trouble_begun'], sign: pollerSign }),
  declareWitness({ control: normalBeforeClosing, responsible, conditional: true, kinds: ['duty.thread_moved'], sign: ({ body }) => (textIn(body, 'kind') === 'fault' && textIn(body, 'step') === 'closed' ? 'kept' : null) }),
  declareWitness({ control: obstructionTask, responsible, conditional: true, kinds: ['health.trouble_begun'], sign: ({ body }) => (textIn(body, 'check') === 'covered' ? 'kept' : null) }),
  // What is otherwise than at its beginning is written into the log before a shift is signed.
  declareWitness({ control: shiftDifference, responsible: 'shift_leader', kinds: ['duty.shift_closed'] }),
  declareWitness({ control: deviceCase, responsible: 'security_department', conditional: true, kinds: ['health.device_missing'], sign: () => 'broken' }),
];
