/** All figures of the board. */
import { alarmFigures } from './alarms.ts';
import { attemptFigures } from './attempts.ts';
import { dutyFigures } from './duties.ts';
import type { Figure } from './figure.ts';
import { logFigures } from './log.ts';
import { recordingFigures } from './recording.ts';

export const boardFigures: readonly Figure[] = [...recordingFigures, ...alarmFigures, ...dutyFigures, ...attemptFigures, ...logFigures];
