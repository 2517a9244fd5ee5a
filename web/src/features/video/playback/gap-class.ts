/** Gaps in three classes by who must act: the camera's side, ours, or nobody because a person or the clock did it. Each has its colour, its hatch and its mark. */
import type { GapReason } from '../../../../../contract/recorder.ts';

export type GapClass = 'camera' | 'recorder' | 'act';
const classes: Record<GapReason, GapClass> = {
  camera_unreachable: 'camera', camera_refused: 'camera', camera_silent: 'camera', stream_invalid: 'camera', network: 'camera',
  disk_full: 'recorder', disk_failed: 'recorder', storage_missing: 'recorder', memory_bound: 'recorder', recorder_crashed: 'recorder', recovery_loss: 'recorder',
  clock_stepped: 'act', recorder_stopped: 'act', recording_off: 'act', stop_approved: 'act',
};
export const gapClass = (reason: GapReason): GapClass => classes[reason];
